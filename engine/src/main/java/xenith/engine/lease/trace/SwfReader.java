package xenith.engine.lease.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.engine.lease.Amounts;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.ResourceTypes;
import xenith.engine.lease.Site;

/**
 * The Standard Workload Format: a job a line, 18 fields, -1 for what is not known. Each processor becomes a machine of one
 * core and 1024 MiB; jobs wait as best-effort leases that may be preempted, and end when they ended. Jobs that were
 * cancelled before they started, and those without a size or a time, are passed over. The site, if none is given, has as
 * many nodes as the header's MaxProcs (or MaxNodes) says.
 */
final class SwfReader {
    private static final List<String> FIELDS = List.of(
            "job number",
            "submit time",
            "wait time",
            "run time",
            "allocated processors",
            "average CPU time",
            "used memory",
            "requested processors",
            "requested time",
            "requested memory",
            "status",
            "user",
            "group",
            "executable",
            "queue",
            "partition",
            "preceding job",
            "think time");
    private static final Pattern SIZE = Pattern.compile("(?m)^;\\s*(MaxProcs|MaxNodes):\\s*([0-9]{1,6})");
    private static final long MAX = 100_000_000_000L;
    private static final long CANCELLED = 5;
    private static final long SECOND = 1_000;
    private static final long CORE = 100;
    private static final long MEMORY_MIB = 1_024;

    private SwfReader() {}

    static Workload read(String name, String text, Optional<Site> given) throws TraceException {
        Site site = given.isPresent() ? given.get() : fromHeader(name, text);
        Amounts machine = site.types().amounts(Map.of(ResourceTypes.CPU, CORE, ResourceTypes.MEMORY, MEMORY_MIB));
        List<LeaseRequest> requests = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith(";")) {
                job(new LineFields(name, number, line, FIELDS), requests.size() + 1, machine)
                        .ifPresent(requests::add);
            }
        }
        return new Workload(name, site, requests);
    }

    private static Site fromHeader(String name, String text) throws TraceException {
        Matcher sizes = SIZE.matcher(text);
        String nodes = null;
        while (sizes.find()) {
            nodes = nodes == null || sizes.group(1).equals("MaxProcs") ? sizes.group(2) : nodes;
        }
        if (nodes == null) {
            throw new TraceException(
                    name, 1, 1, "the header tells neither MaxProcs nor MaxNodes: a site has to be given");
        }
        return Site.parse(nodes + " CPU:" + CORE + " Memory:" + MEMORY_MIB);
    }

    private static Optional<LeaseRequest> job(LineFields line, int id, Amounts machine) throws TraceException {
        long submitted = line.number(1, FIELDS.get(1), 0, MAX);
        long ran = line.number(3, FIELDS.get(3), -1, MAX);
        long allocated = line.number(4, FIELDS.get(4), -1, LeaseRequest.MAX_MACHINES);
        long processors = line.number(7, FIELDS.get(7), -1, LeaseRequest.MAX_MACHINES);
        long asked = line.number(8, FIELDS.get(8), -1, MAX);
        long status = line.number(10, FIELDS.get(10), -1, MAX);
        long size = processors > 0 ? processors : allocated;
        long real = ran == 0 ? 1 : ran;
        long duration = asked > 0 ? asked : real;
        if ((ran < 0 && status == CANCELLED) || size < 1 || duration < 1) {
            return Optional.empty();
        }
        return Optional.of(new LeaseRequest(
                id,
                LeaseKind.BEST_EFFORT,
                submitted * SECOND,
                Collections.nCopies((int) size, machine),
                OptionalLong.empty(),
                duration * SECOND,
                real > 0 && real < duration ? OptionalLong.of(real * SECOND) : OptionalLong.empty(),
                OptionalLong.empty(),
                true,
                Optional.empty()));
    }
}
