package xenith.gateway.api;

import java.util.function.Supplier;
import xenith.engine.model.Caller;
import xenith.engine.model.User;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;

/** Who may see and do what, and what names may look like. */
final class Access {
    private static final int MAX_NAME_CHARS = 64;

    private Access() {}

    /** @throws EngineException {@code NOT_ALLOWED} */
    static void requireOperator(Caller caller) {
        if (!caller.isOperator()) {
            throw new EngineException(ErrorCode.NOT_ALLOWED, "only operators may do that");
        }
    }

    /** Users see themselves; operators see everybody. */
    static boolean maySee(Caller caller, User user) {
        return caller.isOperator() || caller.user().equals(user.id());
    }

    /**
     * A name that can stand in a path and is not taken for a number.
     *
     * @throws ApiException {@code INVALID_VALUE}
     */
    static String name(JsonFields body) {
        String name = body.text("name");
        boolean good = name.length() <= MAX_NAME_CHARS
                && name.matches("[A-Za-z0-9][A-Za-z0-9._@+-]*")
                && !name.matches("[0-9]+");
        if (!good) {
            throw new ApiException(
                    Problem.INVALID_VALUE,
                    "member 'name' is " + JsonFields.quote(name) + ", not 1 to " + MAX_NAME_CHARS
                            + " letters, digits, '.', '_', '@', '+', '-', beginning with a letter or digit and not"
                            + " only digits");
        }
        return name;
    }

    /** Runs what makes records of a request's values: what they refuse is the request's fault. */
    static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException refused) {
            throw new ApiException(Problem.INVALID_VALUE, refused.getMessage());
        }
    }
}
