package xenith.gateway.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script that lets bash complete commands and their options. */
final class Completion {
    static final String SUMMARY = "Prints a script that lets bash complete commands: . <(./xenith completion)";

    /** What the launcher does itself, with its options. */
    private static final Map<String, List<String>> LAUNCHER = Map.of(
            "up",
            List.of(
                    "--address",
                    "--port",
                    "--tls-port",
                    "--driver",
                    "--hosts",
                    "--lab",
                    "--foreground",
                    "--no-install"),
            "down",
            List.of(),
            "status",
            List.of("--json"),
            "logs",
            List.of("-f"),
            "test",
            List.of("--long", "--only", "--lab", "--all", "--no-install"),
            "bench",
            List.of("--lab", "--rounds", "--json"),
            "package",
            List.of("--out", "--no-install"),
            "ssh",
            List.of("-i", "-l"),
            "lab",
            List.of("--hosts", "--memory", "--no-install", "--json"));

    private Completion() {}

    /** The command. */
    static Object script(Values values, Api api) {
        CommandSpec root = Main.tree(new HashMap<>());
        LAUNCHER.forEach((name, options) -> {
            CommandSpec command = CommandSpec.create().name(name);
            command.addOption(OptionSpec.builder("--home").type(String.class).build());
            command.addOption(OptionSpec.builder("--help").build());
            options.forEach(
                    option -> command.addOption(OptionSpec.builder(option).build()));
            root.addSubcommand(name, command);
        });
        return AutoComplete.bash("xenith", new CommandLine(root));
    }
}
