package xenith.gateway.api;

/** A request is refused by this interface itself; nothing has changed. The message names field, value and limit. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    ApiException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
