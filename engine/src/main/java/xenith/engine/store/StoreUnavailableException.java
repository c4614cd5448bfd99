package xenith.engine.store;

/** The database did not take a change, so the change did not happen; but see {@link OutcomeUnknownException}. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
