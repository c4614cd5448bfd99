package xenith.engine.model;

/** An authenticated user on one request. */
public record Caller(AccountId account, UserId user, Role role) {
    public boolean isOperator() {
        return role == Role.OPERATOR;
    }

    /** Whether things of that account are this caller's to see and to change. */
    public boolean mayUse(AccountId owner) {
        return isOperator() || account.equals(owner);
    }
}
