package xenith.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static xenith.gateway.cli.Command.Kind.TEXT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import xenith.engine.lease.Backfilling;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.SchedulerSettings;
import xenith.engine.lease.SchedulerSettings.Migration;
import xenith.engine.lease.SchedulerSettings.PreparationMode;
import xenith.engine.lease.SchedulerSettings.Suspension;
import xenith.engine.lease.Site;
import xenith.engine.lease.simulation.EventLines;
import xenith.engine.lease.simulation.LeaseCsv;
import xenith.engine.lease.simulation.Metrics;
import xenith.engine.lease.simulation.Simulation;
import xenith.engine.lease.simulation.SimulationResult;
import xenith.engine.lease.simulation.TimelineSvg;
import xenith.engine.lease.trace.TraceException;
import xenith.engine.lease.trace.TraceReader;
import xenith.engine.lease.trace.Workload;

/** What would happen to a trace of leases; asks no cloud. */
final class Simulations {
    private static final String HAIZEA = "haizea";
    private static final String HAIZEAS_BEGINNING = "2006-11-25T13:00:00";
    private static final double SECOND = 1_000;
    private static final Map<String, Migration> MIGRATIONS =
            Map.of("no", Migration.NO, "yes", Migration.YES, "yes-notransfer", Migration.WITHOUT_TRANSFER);

    private Simulations() {}

    static Command command() {
        return Command.of(
                        "schedule simulate",
                        "Runs a trace of leases through the lease scheduler in simulated time; asks no cloud.",
                        Table::one,
                        (values, api) -> simulate(values),
                        "TRACE")
                .here("--compatible", TEXT, "haizea: decide as the Haizea lease manager did.")
                .here("--preparation", TEXT, "How images come to nodes: unmanaged (default), transfer or reuse.")
                .here("--backfilling", TEXT, "off, aggressive, conservative, or how many leases may hold places.")
                .here("--suspension", TEXT, "Which leases may be suspended: none, serial or all (default).")
                .here("--migration", TEXT, "Where suspended leases may go on: no, yes (default) or yes-notransfer.")
                .here("--site", TEXT, "The nodes, as '144 CPU:100 Memory:1024', instead of the trace's.")
                .here("--begin", TEXT, "When the trace begins (default " + HAIZEAS_BEGINNING + ").")
                .here("--events", TEXT, "File for what happens, one JSON object a line.")
                .here("--csv", TEXT, "File for what became of each lease.")
                .here("--svg", TEXT, "File for a picture: nodes over time.");
    }

    private static Object simulate(Values values) throws CommandException {
        SchedulerSettings settings = settings(values);
        LocalDateTime begin = begin(values.option("--begin").orElse(HAIZEAS_BEGINNING));
        Workload workload = read(values.argument(0), site(values));
        SimulationResult result = Simulation.run(workload, settings);
        boolean compatible = values.option("--compatible").isPresent();
        write(values, "--events", ran -> EventLines.of(ran.events(), begin, compatible), result);
        write(values, "--csv", ran -> LeaseCsv.of(ran.outcomes()), result);
        write(values, "--svg", TimelineSvg::of, result);
        return told(workload, result, begin);
    }

    private static SchedulerSettings settings(Values values) throws CommandException {
        Optional<String> compatible = values.option("--compatible");
        if (compatible.isPresent() && !compatible.get().equals(HAIZEA)) {
            throw usage("--compatible " + compatible.get() + " is not " + HAIZEA);
        }
        SchedulerSettings settings = compatible.isPresent() ? SchedulerSettings.haizea() : SchedulerSettings.xenith();
        Optional<String> backfilling = values.option("--backfilling");
        if (backfilling.isPresent()) {
            settings = settings.with(parsed("--backfilling", backfilling.get(), Backfilling::parse));
        }
        Optional<String> migration = values.option("--migration");
        if (migration.isPresent()) {
            settings = settings.with(Optional.ofNullable(MIGRATIONS.get(migration.get()))
                    .orElseThrow(
                            () -> usage("--migration " + migration.get() + " is none of no, yes, yes-notransfer")));
        }
        return settings.with(choice(values, "--preparation", PreparationMode.class, settings.preparation()))
                .with(choice(values, "--suspension", Suspension.class, settings.suspension()));
    }

    private static <E extends Enum<E>> E choice(Values values, String option, Class<E> type, E standard)
            throws CommandException {
        Optional<String> given = values.option(option);
        if (given.isEmpty()) {
            return standard;
        }
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(given.get())) {
                return value;
            }
        }
        throw usage(option + " " + given.get() + " is none of "
                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    private static Optional<Site> site(Values values) throws CommandException {
        Optional<String> given = values.option("--site");
        return given.isEmpty() ? Optional.empty() : Optional.of(parsed("--site", given.get(), Site::parse));
    }

    private static <T> T parsed(String option, String text, Function<String, T> parser) throws CommandException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw usage(option + ": " + wrong.getMessage());
        }
    }

    private static LocalDateTime begin(String text) throws CommandException {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException none) {
            throw usage("--begin " + text + " is not a time as " + HAIZEAS_BEGINNING);
        }
    }

    private static CommandException usage(String problem) {
        return new CommandException(ExitStatus.USAGE, problem);
    }

    private static Workload read(String file, Optional<Site> site) throws CommandException {
        try {
            return TraceReader.read(Path.of(file), site);
        } catch (TraceException broken) {
            throw new CommandException(ExitStatus.REFUSED, broken.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            throw new CommandException(ExitStatus.REFUSED, file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static void write(
            Values values, String option, Function<SimulationResult, String> text, SimulationResult result)
            throws CommandException {
        Optional<String> file = values.option(option);
        if (file.isPresent()) {
            try {
                Files.writeString(Path.of(file.get()), text.apply(result), UTF_8);
            } catch (IOException | IllegalArgumentException failed) {
                throw new CommandException(
                        ExitStatus.REFUSED, option + " " + file.get() + " cannot be written: " + failed.getMessage());
            }
        }
    }

    private static Map<String, Object> told(Workload workload, SimulationResult result, LocalDateTime begin) {
        Metrics metrics = Metrics.of(result);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("workload", workload.name());
        told.put("nodes", workload.site().nodes().size());
        for (LeaseKind kind : LeaseKind.values()) {
            if (metrics.requested().containsKey(kind)) {
                String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
                told.put(name, metrics.requested().get(kind));
                told.put(name + "-rejected", metrics.rejected().getOrDefault(kind, 0));
            }
        }
        told.put("completed", metrics.completed());
        told.put("suspensions", metrics.suspensions());
        told.put("migrations", metrics.migrations());
        told.put("requeues", metrics.requeues());
        told.put("bestEffortCompletionSeconds", metrics.bestEffortCompletionMillis() / SECOND);
        told.put("meanWaitSeconds", rounded(metrics.meanWaitMillis() / SECOND));
        told.put("maxWaitSeconds", metrics.maxWaitMillis() / SECOND);
        told.put("meanBoundedSlowdown", rounded(metrics.meanBoundedSlowdown()));
        told.put("utilisationPercent", rounded(100 * metrics.utilisation()));
        told.put("end", begin.plusNanos(metrics.endMillis() * 1_000_000).toString());
        result.fault().ifPresent(why -> told.put("stopped", why));
        return told;
    }

    private static double rounded(double value) {
        return Math.round(value * SECOND) / SECOND;
    }
}
