package xenith.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of operators and users. */
public final class Main {
    private static final String SHUTDOWN = "shutdown";

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param environment as the process has it */
    public Main(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        int status = new Main(System.getenv(), out, err).run(arguments);
        System.exit(status);
    }

    /** Runs one command. @return the exit status: 0 done, 1 refused, 2 not understood, 3 not reachable */
    public int run(String... arguments) {
        Map<CommandSpec, Command> commands = new LinkedHashMap<>();
        CommandLine line = new CommandLine(tree(commands));
        ExitStatus status;
        try {
            status = run(deepest(line.parseArgs(arguments)), commands);
        } catch (ParameterException misunderstood) {
            err.println(misunderstood.getMessage());
            err.println("See " + misunderstood.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            status = ExitStatus.USAGE;
        } catch (CommandException failed) {
            err.println("xenith: " + failed.getMessage());
            status = failed.status();
        }
        out.flush();
        err.flush();
        return status.number();
    }

    private ExitStatus run(ParseResult parsed, Map<CommandSpec, Command> commands) throws CommandException {
        CommandLine line = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            line.usage(out, CommandLine.Help.Ansi.OFF);
            return ExitStatus.OK;
        }
        Command command = commands.get(parsed.commandSpec());
        if (command == null) {
            line.usage(err, CommandLine.Help.Ansi.OFF);
            return ExitStatus.USAGE;
        }
        Optional<Path> home = Optional.ofNullable(parsed.matchedOptionValue("--home", (String) null))
                .or(() -> Optional.ofNullable(environment.get("XENITH_HOME")))
                .map(Path::of);
        Values values = new Values(parsed, command, home);
        for (int index = 0; index < command.arguments().size(); index++) {
            if (values.argument(index).isBlank()) {
                throw new CommandException(ExitStatus.USAGE, command.arguments().get(index) + " is empty");
            }
        }
        // Whoever may use the home's own keys may stop its cloud, whatever user the shell stands for otherwise.
        boolean ofHome = command.words().equals(SHUTDOWN) && home.isPresent();
        Object result = command.action().run(values, new Api(() -> Settings.read(home, environment, ofHome)));
        if (result != null) {
            out.print(
                    values.flag("--json")
                            ? Json.pretty(result)
                            : command.printer().text(result));
        }
        return ExitStatus.OK;
    }

    private static ParseResult deepest(ParseResult parsed) {
        return parsed.hasSubcommand() ? deepest(parsed.subcommand()) : parsed;
    }

    /** All commands, as picocli sees them. */
    static CommandSpec tree(Map<CommandSpec, Command> commands) {
        CommandSpec root = node("xenith", "Operates a Xenith cloud.");
        for (Command command : Commands.all()) {
            CommandSpec at = root;
            String[] words = command.words().split(" ", -1);
            for (String word : words) {
                at = child(at, word);
            }
            describe(at, command);
            commands.put(at, command);
        }
        return root;
    }

    private static CommandSpec child(CommandSpec parent, String word) {
        CommandLine there = parent.subcommands().get(word);
        if (there != null) {
            return there.getCommandSpec();
        }
        CommandSpec made = node(word, "What can be done with " + word + "s.");
        parent.addSubcommand(word, made);
        return made;
    }

    private static CommandSpec node(String name, String summary) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(summary);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("This text.")
                .build());
        spec.addOption(OptionSpec.builder("--home")
                .paramLabel("DIR")
                .type(String.class)
                .description("The cloud's home.")
                .build());
        spec.addOption(OptionSpec.builder("--json")
                .description("Print the service's JSON.")
                .build());
        return spec;
    }

    private static void describe(CommandSpec spec, Command command) {
        spec.usageMessage().description(command.summary());
        for (int index = 0; index < command.arguments().size(); index++) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index(Integer.toString(index))
                    .paramLabel(command.arguments().get(index))
                    .type(String.class)
                    .arity("1")
                    .required(true)
                    .build());
        }
        for (Command.Option option : command.options()) {
            OptionSpec.Builder builder =
                    OptionSpec.builder(option.name()).description(option.help()).required(option.required());
            switch (option.kind()) {
                case FLAG -> builder.type(boolean.class);
                case TEXT -> builder.type(String.class).paramLabel("VALUE").arity("1");
                case NUMBER -> builder.type(String.class).paramLabel("N").arity("1");
            }
            spec.addOption(builder.build());
        }
    }
}
