package xenith.engine.lifecycle;

/** What can happen to a virtual machine. */
public enum VmEvent {
    /** The scheduler gave it a host. */
    PLACE(Source.SCHEDULER),
    HOLD(Source.REQUEST),
    RELEASE(Source.REQUEST),
    START(Source.REQUEST),
    SHUT_DOWN(Source.REQUEST),
    REBOOT(Source.REQUEST),
    PAUSE(Source.REQUEST),
    UNPAUSE(Source.REQUEST),
    SUSPEND(Source.REQUEST),
    RESUME(Source.REQUEST),
    SAVE(Source.REQUEST),
    RESTORE(Source.REQUEST),
    MIGRATE(Source.REQUEST),
    LIVE_MIGRATE(Source.REQUEST),
    /** Gets another size. */
    RESIZE(Source.REQUEST),
    /** Gives its host up, to be started on another. */
    DISPLACE(Source.REQUEST),
    END(Source.REQUEST),
    /** The current work took effect. */
    DONE(Source.DRIVER),
    /** The current work did not take effect and will not be tried again. */
    FAILED(Source.DRIVER),
    /** The host shows its domain executing. */
    SEEN_RUNNING(Source.DRIVER),
    /** The host shows its domain paused. */
    SEEN_PAUSED(Source.DRIVER),
    /** Its host is certainly off and will not start it again by itself. */
    HOST_LOST(Source.DRIVER),
    /** The host answers, and has no such domain. */
    SEEN_ABSENT(Source.DRIVER),
    /** The host shows its domain broken beyond use. */
    SEEN_CRASHED(Source.DRIVER);

    /** Who an event comes from; it decides what happens to one that the table does not have. */
    public enum Source {
        /** A user: an event that does not fit is refused. */
        REQUEST,
        /** The scheduler: an event that does not fit came too late and is dropped. */
        SCHEDULER,
        /** A driver: an event that does not fit came too late and is recorded. */
        DRIVER
    }

    private final Source source;

    VmEvent(Source source) {
        this.source = source;
    }

    public Source source() {
        return source;
    }
}
