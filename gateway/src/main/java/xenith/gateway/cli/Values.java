package xenith.gateway.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What was given to one command. */
final class Values {
    private final ParseResult parsed;
    private final Command command;
    private final Optional<Path> home;

    Values(ParseResult parsed, Command command, Optional<Path> home) {
        this.parsed = parsed;
        this.command = command;
        this.home = home;
    }

    /** The cloud's home, if one was named. */
    Optional<Path> home() {
        return home;
    }

    /** An argument, by its place. */
    String argument(int index) {
        return parsed.matchedPositionalValue(index, "");
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
    }

    boolean flag(String name) {
        return parsed.hasMatchedOption(name);
    }

    /** The options that stand for members of the request's JSON. */
    Map<String, Object> body() throws CommandException {
        Map<String, Object> body = new LinkedHashMap<>();
        for (Command.Option option : command.options()) {
            if (option.member().isPresent() && parsed.hasMatchedOption(option.name())) {
                body.put(option.member().get(), value(option));
            }
        }
        return body;
    }

    /**
     * A number that acts here.
     *
     * @throws CommandException when it is none, or out of its limits
     */
    Optional<Integer> number(String name, int least, int most) throws CommandException {
        if (option(name).isEmpty()) {
            return Optional.empty();
        }
        long given = number(name);
        if (given < least || given > most) {
            throw new CommandException(ExitStatus.USAGE, name + " " + given + " is not " + least + " to " + most);
        }
        return Optional.of((int) given);
    }

    private Object value(Command.Option option) throws CommandException {
        return switch (option.kind()) {
            case FLAG -> true;
            case TEXT -> option(option.name()).orElseThrow();
            case NUMBER -> number(option.name());
        };
    }

    private Long number(String name) throws CommandException {
        String given = option(name).orElseThrow();
        if (!given.matches("-?[0-9]{1,18}")) {
            throw new CommandException(ExitStatus.USAGE, name + " " + given + " is not a whole number");
        }
        return Long.valueOf(given);
    }
}
