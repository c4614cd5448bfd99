package xenith.gateway.api;

import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.security.RefusedException;

/**
 * What a refused request is told. This is the only place where a reason gets its code and its status here.
 *
 * @param httpStatus 400 to 599
 * @param code for programs, as {@code VmNotFound}
 * @param message for people
 */
record Failure(int httpStatus, String code, String message) {
    static Failure of(EngineException refused) {
        return new Failure(status(refused.code()), camelCase(refused.code()), refused.getMessage());
    }

    /** Refusals of signatures have one table for all protocols: {@link xenith.security.Refusal}. */
    static Failure of(RefusedException refused) {
        return new Failure(refused.refusal().httpStatus(), refused.refusal().code(), refused.getMessage());
    }

    static Failure of(ApiException refused) {
        return of(refused.problem(), refused.getMessage());
    }

    static Failure of(Problem problem, String message) {
        return new Failure(problem.httpStatus(), camelCase(problem), message);
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case VM_NOT_FOUND,
                    IMAGE_NOT_FOUND,
                    HOST_NOT_FOUND,
                    NETWORK_NOT_FOUND,
                    ACCOUNT_NOT_FOUND,
                    USER_NOT_FOUND,
                    GROUP_NOT_FOUND -> 404;
            case IMAGE_REFUSED, HOST_REFUSED, INVALID -> 400;
            case NOT_ALLOWED -> 403;
            case IMAGE_UNAVAILABLE,
                    IMAGE_IN_USE,
                    HOST_IN_USE,
                    ACCOUNT_IN_USE,
                    GROUP_IN_USE,
                    NAME_TAKEN,
                    WRONG_STATE,
                    PROTECTED,
                    LIMIT_EXCEEDED -> 409;
            case NO_CAPACITY, NO_ADDRESS, HOST_UNAVAILABLE -> 503;
        };
    }

    /** {@code VM_NOT_FOUND} becomes {@code VmNotFound}. */
    private static String camelCase(Enum<?> name) {
        StringBuilder words = new StringBuilder();
        boolean begins = true;
        for (char letter : name.name().toCharArray()) {
            if (letter == '_') {
                begins = true;
            } else {
                words.append(begins ? letter : Character.toLowerCase(letter));
                begins = false;
            }
        }
        return words.toString();
    }
}
