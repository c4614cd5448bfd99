package xenith.gateway.ec2.front;

/** Hears what became of actions. Returns at once; thread-safe. */
@FunctionalInterface
public interface ActionObserver {
    ActionObserver NONE = (protocol, action, code, nanos) -> {};

    /** The code of an action that was done. */
    String DONE = "OK";

    /** The name of what is no action that Xenith has, or was asked for by nobody who is known. */
    String UNKNOWN = "unknown";

    /**
     * An action was answered.
     *
     * @param protocol query or soap
     * @param action its name, or {@link #UNKNOWN}: never what a client made up
     * @param code EC2's for what was refused, or {@link #DONE}
     */
    void answered(String protocol, String action, String code, long nanos);
}
