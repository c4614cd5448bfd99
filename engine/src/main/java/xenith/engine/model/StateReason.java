package xenith.engine.model;

/**
 * Why a virtual machine is in its state.
 *
 * @param code who caused it, for programs: see the constants
 * @param message for people, at most 1000 characters; longer ones are cut
 */
public record StateReason(Cause code, String message) {
    public static final StateReason NONE = new StateReason(Cause.NONE, "");
    private static final int MAX_MESSAGE_CHARS = 1000;

    /** Who caused a state. */
    public enum Cause {
        NONE,
        /** The user asked for it. */
        USER,
        /** The guest did it to itself. */
        GUEST,
        /** No host had room. */
        CAPACITY,
        /** Something of ours failed: a host, an image, a driver. */
        FAULT
    }

    public StateReason {
        if (message.length() > MAX_MESSAGE_CHARS) {
            message = message.substring(0, MAX_MESSAGE_CHARS);
        }
    }
}
