package xenith.gateway.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What machines use: two looks at their counters, and what came between them. */
final class Usage {
    static final Command.Printer TABLE = Table.of(
            "id",
            "instanceId",
            "name",
            "host",
            "CPU%=cpuPercent",
            "MEMORY-MIB=usage.memoryMib",
            "READ-MIB=diskReadMib",
            "WRITTEN-MIB=diskWrittenMib",
            "RECEIVED-MIB=networkReceivedMib",
            "SENT-MIB=networkSentMib");

    private static final int MAX_INTERVAL_SECONDS = 3_600;
    private static final int STANDARD_INTERVAL_SECONDS = 2;
    private static final long BYTES_PER_MIB = 1024 * 1024;

    private Usage() {}

    /** Machines that ran at both looks, those that use most processor time first; 100 is one core. */
    static Object sample(Values values, Api api) throws CommandException {
        int seconds = values.number("--interval", 1, MAX_INTERVAL_SECONDS).orElse(STANDARD_INTERVAL_SECONDS);
        Map<Object, Long> before = new HashMap<>();
        long began = System.nanoTime();
        for (Object vm : (List<?>) api.get("/vms/usage")) {
            before.put(Json.object(vm).get("id"), counter(vm, "cpuNanos"));
        }
        Waiting.pause(TimeUnit.SECONDS.toMillis(seconds));
        long elapsedNanos = System.nanoTime() - began;
        List<Map<String, Object>> sampled = new ArrayList<>();
        for (Object vm : (List<?>) api.get("/vms/usage")) {
            Long earlier = before.get(Json.object(vm).get("id"));
            if (earlier != null) {
                sampled.add(line(vm, earlier, elapsedNanos));
            }
        }
        sampled.sort(Comparator.comparing((Map<String, Object> vm) -> (Double) vm.get("cpuPercent"))
                .reversed());
        return sampled;
    }

    /** Counters begin anew when a machine moves or starts; what they had before is then not known. */
    private static Map<String, Object> line(Object vm, long cpuBefore, long elapsedNanos) {
        Map<String, Object> line = new LinkedHashMap<>(Json.object(vm));
        long used = Math.max(0, counter(vm, "cpuNanos") - cpuBefore);
        line.put("cpuPercent", Math.round(1_000.0 * used / elapsedNanos) / 10.0);
        for (String name : List.of("diskRead", "diskWritten", "networkReceived", "networkSent")) {
            line.put(name + "Mib", Math.round(10.0 * counter(vm, name + "Bytes") / BYTES_PER_MIB) / 10.0);
        }
        return line;
    }

    private static long counter(Object vm, String name) {
        return ((Number) Json.object(Json.object(vm).get("usage")).get(name)).longValue();
    }
}
