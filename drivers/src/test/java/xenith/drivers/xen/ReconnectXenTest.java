package xenith.drivers.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.HypervisorDriver;

/** A Xen host whose libvirtd dies, and one that is switched off and on. */
@Tag("xen")
class ReconnectXenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final UUID vm = UUID.randomUUID();
    private final Semaphore events = new Semaphore(0);
    private XenLab lab;
    private ShortGuest guest;
    private HypervisorDriver driver;
    private HostEndpoint endpoint;
    private Hypervisor host;

    @BeforeEach
    void startGuest() throws Exception {
        lab = XenLab.open();
        guest = ShortGuest.make(lab);
        driver = lab.drivers().hypervisor();
        endpoint = lab.endpoint(1, UUID.randomUUID());
        host = driver.connect(endpoint, events::release);
        host.start(guest.domain(endpoint, vm, 7));
        events.drainPermits();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        if (host == null) {
            return;
        }
        host.destroy(vm);
        host.forget(vm);
        host.close();
        guest.remove();
        lab.close();
    }

    @Test
    void aGuestOutlivesLibvirtdAndItsEventsFlowAgain() throws Exception {
        lab.command("ssh", "hv1", "systemctl kill --signal=KILL libvirtd");
        awaitLossAndReturn();

        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
        assertThat(host.domain(vm).orElseThrow().operation()).isEqualTo(7);
        events.drainPermits();
        host.destroy(vm);
        assertThat(events.tryAcquire(20, TimeUnit.SECONDS))
                .as("the end is heard")
                .isTrue();
    }

    @Test
    void aHostThatWasSwitchedOffAndOnHasNoGuestsAndTakesNewOnes() throws Exception {
        lab.command("kill", "hv1");
        await("the loss is known", () -> !host.alive());
        lab.command("start", "hv1");
        awaitLossAndReturn();

        assertThat(host.domain(vm)).isEmpty();
        host.start(guest.domain(endpoint, vm, 8));
        assertThat(host.domain(vm).orElseThrow().operation()).isEqualTo(8);
        assertThat(events.tryAcquire(20, TimeUnit.SECONDS))
                .as("the start is heard")
                .isTrue();
    }

    private void awaitLossAndReturn() throws Exception {
        await("the loss is known", () -> !host.alive());
        assertThatThrownBy(() -> host.domains())
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
        host.close();
        await("the host is back", this::reconnected);
        events.drainPermits();
    }

    private boolean reconnected() {
        try {
            host = driver.connect(endpoint, events::release);
            return true;
        } catch (DriverException e) {
            return false;
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            boolean unused = events.tryAcquire(500, TimeUnit.MILLISECONDS);
        }
    }
}
