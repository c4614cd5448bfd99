package xenith.engine.lease.simulation;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What became of each lease, as comma-separated values with a header; times in seconds since the trace's beginning. */
public final class LeaseCsv {
    private static final String HEADER =
            "lease,kind,machines,arrival,start,end,wait,ran,bounded_slowdown,suspensions,migrations,requeues,rejected\n";
    private static final double SECOND = 1_000;

    private LeaseCsv() {}

    public static String of(List<LeaseOutcome> outcomes) {
        return outcomes.stream().map(LeaseCsv::row).collect(Collectors.joining("", HEADER, ""));
    }

    private static String row(LeaseOutcome lease) {
        return lease.request().id() + "," + lease.request().kind().name().toLowerCase(Locale.ROOT) + ","
                + lease.request().machines().size() + ","
                + seconds(OptionalLong.of(lease.request().arrivalMillis())) + ","
                + seconds(lease.startMillis()) + "," + seconds(lease.endMillis()) + ","
                + seconds(lease.waitMillis()) + "," + seconds(OptionalLong.of(lease.ranMillis())) + ","
                + String.format(Locale.ROOT, "%.3f", lease.boundedSlowdown()) + "," + lease.suspensions() + ","
                + lease.migrations() + "," + lease.requeues() + "," + lease.rejected() + "\n";
    }

    private static String seconds(OptionalLong millis) {
        return millis.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", millis.getAsLong() / SECOND);
    }
}
