package xenith.engine.service;

import xenith.engine.model.Caller;

/** Who may do what, beyond ownership. */
final class Authorization {
    private Authorization() {}

    /** @throws EngineException {@code NOT_ALLOWED} */
    static void requireOperator(Caller caller) {
        if (!caller.isOperator()) {
            throw new EngineException(ErrorCode.NOT_ALLOWED, "only operators may do that");
        }
    }
}
