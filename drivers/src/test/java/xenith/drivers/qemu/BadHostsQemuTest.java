package xenith.drivers.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xenith.drivers.LibvirtDrivers;
import xenith.engine.CloudHarness;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.tables.Hosts;

/** Hosts that cannot serve say why, and no other suffers from it. */
@Tag("qemu")
class BadHostsQemuTest {
    private static LocalHypervisor local;
    private static TlsLibvirtd tls;
    private static Path pki;
    private static DriverSet drivers;

    /** What is wrong with a host. */
    record Bad(String name, String uri, Failure failure, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void startHypervisors() throws Exception {
        local = LocalHypervisor.start();
        pki = Files.createTempDirectory(Path.of("/tmp"), "xq-tls-");
        tls = TlsLibvirtd.start(pki);
        drivers = LibvirtDrivers.set(local.images(), local.instances(), local.consoles(), Set.of());
    }

    @AfterAll
    static void stopHypervisors() throws Exception {
        tls.stop();
        local.stop();
        try (Stream<Path> files = Files.walk(pki)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static List<Bad> hosts() throws IOException, InterruptedException {
        String socket = local.endpoint(UUID.randomUUID()).uri();
        int nobodys = TlsLibvirtd.freePort();
        return List.of(
                new Bad(
                        "of-another-authority",
                        tls.uri("distrusting"),
                        Failure.UNREACHABLE,
                        List.of("certificate", "of another authority than pkipath's")),
                new Bad(
                        "that-refuses-us",
                        tls.uri("stranger"),
                        Failure.UNREACHABLE,
                        List.of("does not accept our client certificate")),
                new Bad(
                        "without-our-certificates",
                        tls.uri("missing"),
                        Failure.UNREACHABLE,
                        List.of("missing/cacert.pem", "No such file")),
                new Bad(
                        "that-is-down",
                        "qemu+tls://127.0.0.1:" + nobodys + "/system?pkipath=" + pki.resolve("admitted"),
                        Failure.UNREACHABLE,
                        List.of("127.0.0.1:" + nobodys, "Connection refused")),
                new Bad(
                        "of-another-kind",
                        socket.replace("qemu+unix", "xen+unix").replaceFirst("&xenith_domain_type=.*", ""),
                        Failure.REFUSED,
                        List.of("another hypervisor than the URI says")),
                new Bad("of-no-kind", "vbox:///session", Failure.REFUSED, List.of("vbox", "its scheme is not")));
    }

    @Test
    void aHostThatKnowsUsIsConnected() throws Exception {
        try (Hypervisor host = drivers.hypervisor().connect(endpoint("good", tls.uri("admitted")), () -> {})) {
            assertThat(host.report().facts().hypervisor()).isEqualTo("QEMU");
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aHostThatCannotServeIsNamedWithItsCause(Bad bad) {
        assertThatThrownBy(() -> drivers.hypervisor().connect(endpoint(bad.name(), bad.uri()), () -> {}))
                .isInstanceOfSatisfying(
                        DriverException.class,
                        e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(bad.failure()))
                .satisfies(e -> assertThat(e.getMessage()).contains(bad.words()));
    }

    @Test
    void aHostThatCannotServeIsInErrorWithTheReasonAndMachinesElsewhereRunOn(@TempDir Path home) throws Exception {
        try (CloudHarness cloud = new CloudHarness(home)) {
            cloud.addDriver(drivers);
            cloud.addHost("good");
            VirtualMachine vm = cloud.awaitState(cloud.launch(1).get(0).id(), VmState.RUNNING);
            Map<Bad, Host> added = new LinkedHashMap<>();
            for (Bad bad : hosts()) {
                added.put(bad, cloud.addHost(bad.name(), drivers.name(), bad.uri(), "zone-a"));
            }

            added.forEach((bad, host) -> {
                cloud.await(() -> now(cloud, host).state() == HostState.ERROR);
                assertThat(now(cloud, host).reason()).contains(bad.words());
            });

            assertThat(cloud.vm(vm.id())).isEqualTo(vm);
            cloud.awaitState(cloud.launch(1).get(0).id(), VmState.RUNNING);
        }
    }

    private static Host now(CloudHarness cloud, Host host) {
        return cloud.store.state().find(Hosts.TABLE, host.id()).orElseThrow();
    }

    private static HostEndpoint endpoint(String name, String uri) {
        return new HostEndpoint(new HostId(1), name, uri, Optional.empty(), UUID.randomUUID());
    }
}
