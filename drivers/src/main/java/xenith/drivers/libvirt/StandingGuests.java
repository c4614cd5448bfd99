package xenith.drivers.libvirt;

import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;

/**
 * Guests that stand still although libvirt says that they run. libvirt's driver for Xen has a guest stop to send or save
 * its memory, and when that fails nobody tells it to go on; the only call that does is a migration's own end.
 */
final class StandingGuests {
    private static final Logger LOG = LoggerFactory.getLogger(StandingGuests.class);

    private StandingGuests() {}

    /**
     * Lets the guest go on if it stands. One that does not stand is told so, too, which libvirt takes for a failure and
     * calls it paused; hence the second step.
     */
    static void letGoOn(LibvirtConnection connection, UUID vm) throws DriverException {
        String what = "letting domain " + vm + " go on";
        try {
            connection.change(what, connect -> connect.cancelMigration(vm));
            // Xen tells once of a guest's stop, and that was this one.
            LOG.warn(
                    "domain {} goes on; until its host's libvirtd is started again nobody hears of its guest's end",
                    vm);
        } catch (DriverException e) {
            LOG.info("domain {} did not stand still: {}", vm, e.getMessage());
        }
        connection.change(what, connect -> {
            Optional<Domain> domain = Domains.find(connect, vm);
            if (domain.isPresent()) {
                if (Domains.state(domain.get()) == DomainState.PAUSED) {
                    domain.get().resume();
                }
                domain.get().free();
            }
        });
    }
}
