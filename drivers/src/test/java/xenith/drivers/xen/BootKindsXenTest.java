package xenith.drivers.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import xenith.drivers.GuestImages;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** What boots on Xen without a kernel beside its disk. */
@Tag("xen")
class BootKindsXenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** GRUB, and the kernel and ramdisk that it has read, before the kernel frees what it does not need: 96 are too few. */
    private static final long GRUB_MIB = 192;

    private final UUID vm = UUID.randomUUID();
    private final Semaphore events = new Semaphore(0);
    private XenLab lab;
    private DriverSet drivers;
    private HostEndpoint endpoint;
    private Hypervisor host;

    @BeforeEach
    void connect() throws Exception {
        lab = XenLab.open();
        drivers = lab.drivers();
        endpoint = lab.endpoint(1, UUID.randomUUID());
        host = drivers.hypervisor().connect(endpoint, events::release);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        if (host == null) {
            return;
        }
        host.destroy(vm);
        host.forget(vm);
        host.close();
        drivers.images().discard(endpoint, vm);
        lab.close();
    }

    @Test
    void aParavirtualDiskIsBootedByGrubFromItsOwnMenu() throws Exception {
        BootFiles files = new GuestImages(drivers.images(), "").prepareDisk(endpoint, vm, "grub.img");

        host.start(GuestImages.changed(
                GuestImages.domain(endpoint, vm, 1, files, List.of()), GRUB_MIB, Virtualization.PARAVIRTUAL));

        awaitConsole("Linux version", "instance-id: " + GuestImages.instanceId(vm), "xenith guest ready");
    }

    @Test
    void aHostRunsTheKindsThatItsProcessorAllowsAndRefusesOthersByName() throws Exception {
        BootFiles files = new GuestImages(drivers.images(), "mini/").prepare(endpoint, vm, "", List.of());

        for (Virtualization kind : List.of(Virtualization.HVM, Virtualization.PVH)) {
            DomainSpec spec = GuestImages.changed(
                    GuestImages.domain(endpoint, vm, 1, files, List.of()), GuestImages.MEMORY_MIB, kind);
            assertThatThrownBy(() -> host.start(spec))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                    .hasMessageContaining("host xen1: it runs no " + kind + " guests");
        }
        assertThat(host.domain(vm)).isEmpty();
    }

    private void awaitConsole(String... words) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        String said = "";
        while (!List.of(words).stream().allMatch(said::contains)
                && Instant.now().isBefore(end)) {
            boolean unused = events.tryAcquire(1, TimeUnit.SECONDS);
            said = new String(host.console(vm, 256 * 1024), StandardCharsets.UTF_8);
        }
        assertThat(said).contains(words);
    }
}
