package xenith.gateway.cli;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Waits, where {@code --wait} asks for it, until what a command began is done.
 *
 * @param seconds how long at most; empty for not at all
 */
record Waiting(Api api, Optional<Integer> seconds) {
    private static final long LOOK_MILLIS = 250;
    private static final int MAX_SECONDS = 86_400;

    /** @throws CommandException when the option is no number of seconds: before anything is begun */
    static Waiting asked(Values values, Api api) throws CommandException {
        return new Waiting(api, values.number("--wait", 0, MAX_SECONDS));
    }

    /**
     * Until nothing is done to the machine any more; it is refused when it then is in none of the states that were aimed
     * at.
     */
    Object untilDone(Object begun, Set<String> aims) throws CommandException {
        Object after = untilAtRest(begun);
        Object state = Json.object(after).get("state");
        if (seconds.isPresent() && !aims.contains(state)) {
            throw new CommandException(
                    ExitStatus.REFUSED,
                    "it is " + state + ": " + Json.object(after).get("reason"));
        }
        return after;
    }

    private Object untilAtRest(Object begun) throws CommandException {
        return until("vms", begun, vm -> "none".equals(vm.get("work")));
    }

    /** Until the machine is on its target; it is refused when it has stayed where it was. */
    Object untilMoved(Object begun) throws CommandException {
        Object target = Json.object(begun).get("target");
        Object after = untilAtRest(begun);
        if (seconds.isPresent() && !Objects.equals(Json.object(after).get("host"), target)) {
            throw new CommandException(
                    ExitStatus.REFUSED,
                    "it stayed on " + Json.object(after).get("host") + ": "
                            + Json.object(after).get("reason"));
        }
        return after;
    }

    /** Until the machine has the size; it is refused when it has kept its own. */
    Object untilResized(Object begun, Map<String, Object> wanted) throws CommandException {
        Map<String, Object> after = Json.object(untilAtRest(begun));
        Object vcpus = after.get("vcpus");
        Object memoryMib = Json.object(after.get("capacity")).get("memoryMib");
        boolean resized = isSame(wanted.get("vcpus"), vcpus) && isSame(wanted.get("memoryMib"), memoryMib);
        if (seconds.isPresent() && !resized) {
            throw new CommandException(
                    ExitStatus.REFUSED,
                    "it kept " + vcpus + " processors and " + memoryMib + " MiB: " + after.get("reason"));
        }
        return after;
    }

    private static boolean isSame(Object wanted, Object there) {
        return wanted == null || wanted.toString().equals(String.valueOf(there));
    }

    /** Until the host has no machine. */
    Object untilEmpty(Object begun) throws CommandException {
        return until("hosts", begun, host -> String.valueOf(host.get("vms")).equals("0"));
    }

    private Object until(String plural, Object begun, Predicate<Map<String, Object>> done) throws CommandException {
        if (seconds.isEmpty()) {
            return begun;
        }
        String path = Api.path(plural, String.valueOf(Json.object(begun).get("id")));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds.get());
        Object now = begun;
        while (!done.test(Json.object(now))) {
            if (System.nanoTime() >= deadline) {
                throw new CommandException(
                        ExitStatus.REFUSED, "it is not done after " + seconds.get() + " s, and goes on");
            }
            pause(LOOK_MILLIS);
            now = api.get(path);
        }
        return now;
    }

    static void pause(long millis) throws CommandException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitStatus.REFUSED, "interrupted");
        }
    }
}
