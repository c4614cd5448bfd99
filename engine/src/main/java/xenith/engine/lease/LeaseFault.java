package xenith.engine.lease;

/** The schedule has contradicted itself, as the ancestor's rules can; it does not go on from here. */
public final class LeaseFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what contradicts what */
    public LeaseFault(String message) {
        super(message);
    }
}
