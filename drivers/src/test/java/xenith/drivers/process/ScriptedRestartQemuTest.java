package xenith.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** A driver is a process that may end at any time; guests are not its own. */
@Tag("qemu")
class ScriptedRestartQemuTest {
    @Test
    @Timeout(180)
    void guestsRunOnWithoutTheDriverAndAreFoundAgainAndHeard() throws Exception {
        try (ScriptedQemu qemu = ScriptedQemu.start()) {
            HostEndpoint endpoint = qemu.host(1, UUID.randomUUID());
            UUID vm = UUID.randomUUID();
            Hypervisor first = qemu.set().hypervisor().connect(endpoint, () -> {});
            first.start(qemu.bootable(endpoint, vm, 7));
            DomainReport before = first.domain(vm).orElseThrow();

            qemu.restart();

            assertThat(first.alive()).isFalse();
            AtomicInteger heard = new AtomicInteger();
            try (Hypervisor second = qemu.set().hypervisor().connect(endpoint, heard::incrementAndGet)) {
                assertThat(second.domains()).containsExactly(before);
                second.pause(vm);
                assertThat(second.domain(vm).orElseThrow().state()).isEqualTo(DomainState.PAUSED);
                while (heard.get() == 0) {
                    LockSupport.parkNanos(5_000_000);
                }
                second.destroy(vm);
                second.forget(vm);
                qemu.set().images().discard(endpoint, vm);
            }
            assertThat(qemu.leftovers()).isEmpty();
        }
    }
}
