package xenith.engine.store;

/** Nobody can say now whether the database has taken a change: it comes true or not once the database is back. */
public class OutcomeUnknownException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(Throwable cause) {
        super("it is not known whether the database has taken the change: look before you ask again", cause);
    }
}
