package xenith.gateway.metrics;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Samples in Prometheus' text format 0.0.4. */
final class MetricsText {
    private static final double NANOS = 1e9;
    private static final double BYTES_PER_MIB = 1024.0 * 1024.0;

    private static final List<Family> FAMILIES = List.of(
            counter(
                    "cpu_seconds_total",
                    "Processor time of all its processors.",
                    sample -> sample.usage().cpuNanos() / NANOS),
            gauge("vcpus", "Processors that it has.", sample -> sample.usage().vcpus()),
            gauge(
                    "memory_bytes",
                    "Memory that it has.",
                    sample -> sample.usage().memoryMib() * BYTES_PER_MIB),
            counter("disk_read_bytes_total", "Read from its disks.", sample -> sample.usage()
                    .diskReadBytes()),
            counter("disk_written_bytes_total", "Written to its disks.", sample -> sample.usage()
                    .diskWrittenBytes()),
            counter("network_received_bytes_total", "Received by its cards.", sample -> sample.usage()
                    .networkReceivedBytes()),
            counter("network_sent_bytes_total", "Sent by its cards.", sample -> sample.usage()
                    .networkSentBytes()),
            gauge("sample_timestamp_seconds", "When its host was asked.", sample -> sample.at()
                    .getEpochSecond()));

    private record Family(String name, String type, String help, ToDoubleFunction<InstanceSample> value) {}

    private MetricsText() {}

    static String of(List<InstanceSample> samples) {
        StringBuilder text = new StringBuilder();
        for (Family family : FAMILIES) {
            String name = "xenith_instance_" + family.name;
            text.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            for (InstanceSample sample : samples) {
                // Neither label has a character that would need an escape.
                text.append(name)
                        .append("{instance_id=\"")
                        .append(sample.instance())
                        .append("\",account=\"")
                        .append(sample.account().value())
                        .append("\"} ")
                        .append(number(family.value.applyAsDouble(sample)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6f", value);
    }

    private static Family counter(String name, String help, ToDoubleFunction<InstanceSample> value) {
        return new Family(name, "counter", help, value);
    }

    private static Family gauge(String name, String help, ToDoubleFunction<InstanceSample> value) {
        return new Family(name, "gauge", help, value);
    }
}
