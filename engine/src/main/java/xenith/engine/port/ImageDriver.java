package xenith.engine.port;

import java.util.Set;
import java.util.UUID;
import xenith.engine.model.Image;

/** Brings images to hosts, and keeps what virtual machines write apart from them. Thread-safe. */
public interface ImageDriver {
    /** The name that hosts carry as their {@code driver}. */
    String name();

    /**
     * Looks at an image's location: whether it may be named, is there, and is what it is said to be.
     *
     * @throws DriverException {@code REFUSED}, naming the reason, when the location may not be named (outside the
     *     image store, a link out of it, a forbidden address) or its content cannot be used (a backing file)
     */
    ImageFacts examine(Image image) throws DriverException;

    /**
     * Makes on the host what the plan needs: a copy-on-write clone of the disk, the kernel and ramdisk, the
     * contextualisation seed. A clone that is there already is kept with what was written to it.
     *
     * @throws DriverException {@code REFUSED} when an image's file is gone or cannot be used
     */
    BootFiles prepare(HostEndpoint host, BootPlan plan) throws DriverException;

    /**
     * Makes this host's what another host of the same store has of that machine, which must not run there any more.
     * Returns when it is this host's already, or there is nothing.
     *
     * @throws DriverException {@code REFUSED} when the host does not see what the other has
     */
    void adopt(HostEndpoint host, UUID vm) throws DriverException;

    /** Where the host keeps the saved memory of that machine. */
    String memoryFile(HostEndpoint host, UUID vm) throws DriverException;

    /** Removes what {@link #prepare} made, saved memory included. Returns when there is nothing. */
    void discard(HostEndpoint host, UUID vm) throws DriverException;

    /** The machines that have something on that host: what an audit compares. */
    Set<UUID> present(HostEndpoint host) throws DriverException;
}
