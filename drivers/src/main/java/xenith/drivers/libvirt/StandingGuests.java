package xenith.drivers.libvirt;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DriverException;

/**
 * Guests that stand still although libvirt says that they run. libvirt's driver for Xen has a guest stop to send or save
 * its memory, and when that fails nobody tells it to go on; the only call that does is a migration's own end.
 */
final class StandingGuests {
    private static final Logger LOG = LoggerFactory.getLogger(StandingGuests.class);
    /** A guest that runs has a timer's interrupt within this, or hears of its memory's target. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(250);

    private StandingGuests() {}

    /** Lets the guest go on if it stands. One that runs must not be told so: libvirt would take it for paused. */
    static void letGoOn(LibvirtConnection connection, UUID vm) {
        try {
            connection.change("letting domain " + vm + " go on", connect -> {
                if (!works(connect, vm)) {
                    connect.cancelMigration(vm);
                    // Xen tells once of a guest's stop, and that was this one.
                    LOG.warn(
                            "domain {} stood still and goes on; until its host's libvirtd is started again nobody hears"
                                    + " of its guest's end",
                            vm);
                }
            });
        } catch (DriverException e) {
            LOG.warn("domain {} may stand still: {}", vm, e.getMessage());
        }
    }

    private static boolean works(ExtendedConnect connect, UUID vm) throws LibvirtException {
        Domain domain = connect.domainLookupByUUIDString(vm.toString());
        try {
            long before = domain.getInfo().cpuTime;
            domain.setMemory(domain.getInfo().memory);
            long end = System.nanoTime() + SIGN_OF_LIFE.toNanos();
            while (domain.getInfo().cpuTime == before && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL.toNanos());
            }
            return domain.getInfo().cpuTime != before;
        } finally {
            domain.free();
        }
    }
}
