package xenith.engine.operation;

import xenith.engine.model.Work;

/**
 * How one kind of operation is carried out.
 *
 * @param timeoutSeconds how long a driver may take before the outcome counts as unknown
 * @param maxAttempts after how many failed attempts it has failed; {@link #FOREVER} for what must be done in the end
 * @param unknown what to do when nobody knows whether it took effect
 */
record OperationRule(int timeoutSeconds, int maxAttempts, WhenUnknown unknown) {
    static final int FOREVER = Integer.MAX_VALUE;

    /** What to do about an unknown outcome. */
    enum WhenUnknown {
        /** Do it again: it looks first, so once more is harmless. */
        REPEAT,
        /** Ask the host, and take its word; doing it again would do it twice. */
        ASK
    }

    /** Every kind of work has one; there is no rule for doing nothing. */
    static OperationRule of(Work kind) {
        return switch (kind) {
            case NONE -> throw new IllegalArgumentException("there is no operation that does nothing");
            // Cloning a large image on a slow disk, and a hypervisor under load.
            case START -> new OperationRule(120, 3, WhenUnknown.REPEAT);
            case SHUT_DOWN -> new OperationRule(30, FOREVER, WhenUnknown.REPEAT);
            case REBOOT -> new OperationRule(30, 1, WhenUnknown.ASK);
            case PAUSE, UNPAUSE -> new OperationRule(30, 3, WhenUnknown.REPEAT);
            // Memory goes to a disk, at some tens of MiB a second.
            case SUSPEND, RESUME, SAVE, RESTORE -> new OperationRule(600, 3, WhenUnknown.REPEAT);
            case MIGRATE, LIVE_MIGRATE -> new OperationRule(900, 1, WhenUnknown.ASK);
            // Promised is what it may have: that must not be settled before it is known.
            case RESIZE -> new OperationRule(60, 3, WhenUnknown.ASK);
            case DROP_MEMORY -> new OperationRule(30, FOREVER, WhenUnknown.REPEAT);
            // Whatever stands in its way: what a machine held is given back only when this is done.
            case END -> new OperationRule(60, FOREVER, WhenUnknown.REPEAT);
        };
    }
}
