package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.HostId;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** What the contract does not say, on libvirt's test driver, whose hosts live as long as their connections. */
class LibvirtTestHostTest {
    private static final UUID CLOUD = UUID.randomUUID();

    @TempDir
    Path directory;

    private final CountDownLatch heard = new CountDownLatch(1);
    private Hypervisor host;

    @BeforeEach
    void connect() throws DriverException {
        host = connect("test:///default");
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theHostsOwnDomainIsForeignAndLeftAlone() throws DriverException {
        DomainReport own = host.domains().stream()
                .filter(domain -> domain.name().equals("test"))
                .findFirst()
                .orElseThrow();

        assertThat(own.cloud()).isEmpty();
        assertRefused(() -> host.destroy(own.uuid()));
        assertRefused(() -> host.reboot(own.uuid()));
        assertThat(host.domain(own.uuid())).contains(own);
    }

    @Test
    void anEventIsHeard() throws DriverException, InterruptedException {
        host.start(spec(UUID.randomUUID()));

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSavedMachineGoesOnAndItsOldMemoryIsForgotten() throws DriverException {
        UUID vm = UUID.randomUUID();
        Path memory = directory.resolve("memory");
        host.start(spec(vm));

        host.save(vm, memory.toString());
        assertThat(host.domain(vm)).isEmpty();
        host.save(vm, memory.toString());
        host.restore(spec(vm), memory.toString());

        assertThat(host.domain(vm).orElseThrow().state()).isEqualTo(DomainState.RUNNING);
        assertThat(memory).doesNotExist();
    }

    @Test
    void aClosedConnectionAnswersUnreachable() {
        host.close();

        assertThat(host.alive()).isFalse();
        assertThatThrownBy(() -> host.domains())
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() {
        assertThatThrownBy(() -> connect("qemu+unix:///system?socket=" + directory + "/none"))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }

    private Hypervisor connect(String uri) throws DriverException {
        return new LibvirtHypervisorDriver("libvirt", directory, directory)
                .connect(new HostEndpoint(new HostId(1), "h", uri, Optional.empty(), CLOUD), heard::countDown);
    }

    private static DomainSpec spec(UUID vm) {
        BootFiles boot = new BootFiles(Optional.of("/k"), Optional.empty(), "", List.of());
        return new DomainSpec(vm, "xenith-" + vm, CLOUD, 1, 7, 1, 100, 32, Virtualization.PARAVIRTUAL, boot, List.of());
    }

    private interface Call {
        void run() throws DriverException;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.failure())
                .isEqualTo(Failure.REFUSED));
    }
}
