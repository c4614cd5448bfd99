package xenith.engine.lease.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import xenith.engine.lease.Amounts;
import xenith.engine.lease.DiskImage;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.ResourceTypes;
import xenith.engine.lease.Site;

/**
 * The first form of LWF: a lease a line, ten fields, times in seconds. Lines that begin with {@code #} are passed over.
 * Reservations may not be preempted, what waits may.
 */
final class LwfLineReader {
    private static final List<String> FIELDS = List.of(
            "request time",
            "start time",
            "duration",
            "real duration",
            "number of nodes",
            "CPUs",
            "memory",
            "disk",
            "disk image",
            "image size");
    private static final long MAX_SECONDS = 10_000_000_000L;
    private static final long MAX_AMOUNT = 1_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long HUNDREDTHS = 100;

    private LwfLineReader() {}

    static Workload read(String name, String text, Optional<Site> given) throws TraceException {
        Site site = given.orElse(null);
        if (site == null) {
            throw new TraceException(name, 1, 1, "this form of trace has no site: one has to be given");
        }
        List<LeaseRequest> requests = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                requests.add(request(new LineFields(name, number, line, FIELDS), requests.size() + 1, site.types()));
            }
        }
        return new Workload(name, site, requests);
    }

    private static LeaseRequest request(LineFields line, int id, ResourceTypes types) throws TraceException {
        long start = line.number(1, FIELDS.get(1), -1, MAX_SECONDS);
        long duration = line.number(2, FIELDS.get(2), 1, MAX_SECONDS);
        long real = line.number(3, FIELDS.get(3), 1, MAX_SECONDS);
        int nodes = (int) line.number(4, FIELDS.get(4), 1, LeaseRequest.MAX_MACHINES);
        Amounts machine = types.amounts(Map.of(
                ResourceTypes.CPU,
                line.number(5, FIELDS.get(5), 0, MAX_AMOUNT) * HUNDREDTHS,
                ResourceTypes.MEMORY,
                line.number(6, FIELDS.get(6), 0, MAX_AMOUNT),
                ResourceTypes.DISK,
                line.number(7, FIELDS.get(7), 0, MAX_AMOUNT)));
        boolean reserved = start >= 0;
        return new LeaseRequest(
                id,
                reserved ? LeaseKind.ADVANCE_RESERVATION : LeaseKind.BEST_EFFORT,
                line.number(0, FIELDS.get(0), 0, MAX_SECONDS) * SECOND,
                Collections.nCopies(nodes, machine),
                reserved ? OptionalLong.of(start * SECOND) : OptionalLong.empty(),
                duration * SECOND,
                real == duration ? OptionalLong.empty() : OptionalLong.of(real * SECOND),
                OptionalLong.empty(),
                !reserved,
                Optional.of(new DiskImage(line.text(8), line.number(9, FIELDS.get(9), 0, MAX_AMOUNT))));
    }
}
