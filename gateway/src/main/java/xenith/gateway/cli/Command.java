package xenith.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command, as data.
 *
 * @param words as {@code user key add}
 * @param summary one sentence
 * @param arguments names of what must follow, in order
 * @param action what it does; its result is printed, unless it is null
 */
record Command(
        String words, String summary, List<String> arguments, List<Option> options, Action action, Printer printer) {
    /** What a command does. */
    @FunctionalInterface
    interface Action {
        Object run(Values values, Api api) throws CommandException;
    }

    /** How a result is shown to people. */
    @FunctionalInterface
    interface Printer {
        String text(Object result);
    }

    /** What an option takes. */
    enum Kind {
        FLAG,
        TEXT,
        NUMBER
    }

    /**
     * An option.
     *
     * @param member the member of the request's JSON that it sets; empty for those that act here
     */
    record Option(String name, Kind kind, Optional<String> member, boolean required, String help) {}

    static Command of(String words, String summary, Printer printer, Action action, String... arguments) {
        return new Command(words, summary, List.of(arguments), List.of(), action, printer);
    }

    Command needing(String name, String member, String help) {
        return with(new Option(name, Kind.TEXT, Optional.of(member), true, help));
    }

    Command taking(String name, Kind kind, String member, String help) {
        return with(new Option(name, kind, Optional.of(member), false, help));
    }

    /** An option that the request does not carry. */
    Command here(String name, Kind kind, String help) {
        return with(new Option(name, kind, Optional.empty(), false, help));
    }

    private Command with(Option option) {
        List<Option> more = new ArrayList<>(options);
        more.add(option);
        return new Command(words, summary, arguments, List.copyOf(more), action, printer);
    }
}
