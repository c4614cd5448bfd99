package xenith.gateway.api;

import java.util.Optional;

/** Numbers in a request's query. */
final class Limits {
    /** How many entries one answer has unless the request wants fewer. */
    static final int MAX_PAGE = 1000;

    private Limits() {}

    /** @throws ApiException {@code INVALID_VALUE} naming the parameter */
    static long number(String name, Optional<String> given, long absent, long least, long most) {
        if (given.isEmpty()) {
            return absent;
        }
        boolean good = given.get().matches("[0-9]{1,18}")
                && Long.parseLong(given.get()) >= least
                && Long.parseLong(given.get()) <= most;
        if (!good) {
            throw new ApiException(
                    Problem.INVALID_VALUE,
                    "parameter '" + name + "' is " + JsonFields.quote(given.get()) + ", not a number from " + least
                            + " to " + most);
        }
        return Long.parseLong(given.get());
    }

    static long after(String given) {
        return number("after", Optional.ofNullable(given), 0, 0, Long.MAX_VALUE);
    }

    static int limit(String given) {
        return (int) number("limit", Optional.ofNullable(given), MAX_PAGE, 1, MAX_PAGE);
    }
}
