package xenith.engine.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.port.DriverException.Failure;

/**
 * A connection to one host. Domains are transient: one that is not active is not there. A domain of ours carries, in
 * its metadata, the cloud's UUID, and the number of the operation that started it; its own UUID is the virtual
 * machine's. Domains that do not carry this cloud's UUID are foreign: they are reported, and never touched.
 *
 * <p>Thread-safe. After a lost connection every call fails with {@code UNREACHABLE}; the engine then closes it and
 * connects again.
 */
public interface Hypervisor extends AutoCloseable {
    /** Capacity and usage. */
    HostReport report() throws DriverException;

    /** Every domain on the host, foreign ones included. */
    List<DomainReport> domains() throws DriverException;

    /** One domain; empty when it is not there. */
    Optional<DomainReport> domain(UUID vm) throws DriverException;

    /**
     * Domains of which it was heard over this connection that they ended without their guest's will, each until it starts
     * again. A hint, as all that is heard: one that ended while nobody listened is not in it.
     */
    default Map<UUID, DomainEnd> ends() {
        return Map.of();
    }

    /** Starts a domain. Returns at once when it is active already and ours. */
    void start(DomainSpec spec) throws DriverException;

    /** Asks the guest to shut down; does not wait for it. Returns when the domain is not there. */
    void requestShutdown(UUID vm) throws DriverException;

    /** Switches the domain off, however it is. Returns when it is not there. Never touches a foreign domain. */
    void destroy(UUID vm) throws DriverException;

    /** Asks the guest to reboot, or resets the domain where it cannot be asked. Refused when it is not there. */
    void reboot(UUID vm) throws DriverException;

    /** Stops executing, in memory. Returns when it is paused already. */
    void pause(UUID vm) throws DriverException;

    /** Goes on after {@link #pause}, or after a move that was cut off. Returns when it is executing. */
    void unpause(UUID vm) throws DriverException;

    /** Saves memory to the file on the host and stops the domain. Returns when it is gone and the file is there. */
    void save(UUID vm, String file) throws DriverException;

    /** Starts a domain from the memory in the file. Returns when it is active already and ours. */
    void restore(DomainSpec spec, String file) throws DriverException;

    /** Removes memory that was saved to the file and must not be gone back to. Returns when there is none. */
    void dropMemory(String file) throws DriverException;

    /**
     * Moves the domain with its memory; its disks are where both hosts see them. Returns when it is active at the target
     * and gone here. After a failure that is not {@code UNKNOWN} it executes here as before. To be repeated after one that
     * is: it waits for a move that still goes on, and mends what one has left that was cut off.
     *
     * @param live whether the guest goes on meanwhile
     * @throws DriverException {@code REFUSED} unless the domain executes
     */
    void migrate(UUID vm, HostEndpoint target, boolean live) throws DriverException;

    /**
     * Whether a move of the domain away from this host still goes on, be it one whose caller has died. Once it does not,
     * whoever executes here does so for good. False when there is no such domain.
     */
    boolean isMoving(UUID vm) throws DriverException;

    /**
     * Gives up what the host keeps of a machine that has moved away: the end of its console's log goes to where its next
     * host's {@link #console} finds it. Returns when that is done already.
     */
    void leave(UUID vm) throws DriverException;

    /**
     * Changes an active domain's memory and processors. Returns when it has them already.
     *
     * @throws DriverException {@code REFUSED} when the guest or the hypervisor cannot change so far while it runs
     */
    void resize(UUID vm, int vcpus, long memoryMib) throws DriverException;

    /**
     * What is plugged into an active domain.
     *
     * @throws DriverException {@code REFUSED} when it is not there
     */
    default DomainDevices devices(UUID vm) throws DriverException {
        throw new DriverException(Failure.REFUSED, "devices: nothing is plugged into running domains here");
    }

    /**
     * Plugs a disk into an active domain, behind those that it has, until it ends; a domain that is restored or started
     * again needs it in its {@link DomainSpec}. Returns when a disk of that file is there already.
     *
     * @throws DriverException {@code REFUSED} when the domain or the file is not there, or no place is left
     */
    default void attach(UUID vm, BootFiles.Disk disk) throws DriverException {
        throw new DriverException(Failure.REFUSED, "attach: nothing is plugged into running domains here");
    }

    /**
     * Pulls a disk. Returns when the guest has let go of it, or had none of that file.
     *
     * @throws DriverException {@code FAILED} when the guest has not let go; it may yet
     */
    default void detach(UUID vm, BootFiles.Disk disk) throws DriverException {
        throw new DriverException(Failure.REFUSED, "detach: nothing is plugged into running domains here");
    }

    /** {@link #attach(UUID, BootFiles.Disk)} of a network card, which is known by its address. */
    default void attach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        throw new DriverException(Failure.REFUSED, "attach: nothing is plugged into running domains here");
    }

    /** {@link #detach(UUID, BootFiles.Disk)} of a network card. */
    default void detach(UUID vm, DomainSpec.Nic nic) throws DriverException {
        throw new DriverException(Failure.REFUSED, "detach: nothing is plugged into running domains here");
    }

    /** What each active domain of this cloud has used so far, and has now. */
    List<DomainUsage> usages() throws DriverException;

    /**
     * What the guest wrote on its console, from the host's log, which outlives the domain, and before it what hosts kept
     * that it has left.
     *
     * @param maxBytes how much of the end is wanted, 1 or more
     * @return empty when there is no log
     */
    byte[] console(UUID vm, int maxBytes) throws DriverException;

    /** Whether the host keeps a log of that machine's console, be it still empty. */
    boolean logsConsole(UUID vm) throws DriverException;

    /** Removes what the host keeps of an ended machine, such as its console log. Returns when there is nothing. */
    void forget(UUID vm) throws DriverException;

    /** Whether the connection still stands, without asking the host. */
    boolean alive();

    @Override
    void close();
}
