package xenith.engine.port;

/** How a domain has ended that its guest did not end. */
public enum DomainEnd {
    /** Its guest's kernel gave up. */
    CRASHED,
    /** It was destroyed on its host, or its hypervisor's process was. */
    KILLED
}
