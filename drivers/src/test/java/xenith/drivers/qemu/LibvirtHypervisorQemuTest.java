package xenith.drivers.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import xenith.drivers.GuestImages;
import xenith.drivers.LibvirtDrivers;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.HypervisorDriverContract;

/** Real guests. They need no network to say that they run. */
@Tag("qemu")
class LibvirtHypervisorQemuTest extends HypervisorDriverContract {
    /** A bridge is one cloud's, and each test has clouds of its own. */
    private static final UUID NETWORKS_CLOUD = UUID.randomUUID();

    private static final VirtualNetwork NETWORK = new VirtualNetwork(
            new NetworkId(1),
            "default",
            "xbr0",
            Subnet.parse("10.177.0.0/24"),
            Ipv4.parse("10.177.0.2"),
            Ipv4.parse("10.177.0.254"),
            Ipv4.parse("10.177.0.1"));

    private static LocalHypervisor local;
    private static DriverSet drivers;

    @BeforeAll
    static void startHypervisor() throws Exception {
        local = LocalHypervisor.start();
        drivers = LibvirtDrivers.set(local.images(), local.instances(), local.consoles(), Set.of());
    }

    @AfterAll
    static void stopHypervisor() throws Exception {
        local.stop();
    }

    @Override
    protected HypervisorDriver driver() {
        return drivers.hypervisor();
    }

    @Override
    protected HostEndpoint endpoint(UUID cloud) throws Exception {
        return local.endpoint(cloud);
    }

    @Override
    protected DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        BootFiles files = new GuestImages(drivers.images(), "").prepare(host, vm, "", List.of());
        return GuestImages.domain(host, vm, operation, files, List.of());
    }

    @Override
    protected DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        BootFiles files = new GuestImages(drivers.images(), "").prepare(host, vm, "", List.of());
        BootFiles.Disk gone = new BootFiles.Disk(local.instances() + "/gone", DiskFormat.QCOW2, false);
        BootFiles without = new BootFiles(files.kernel(), files.ramdisk(), files.kernelArguments(), List.of(gone));
        return GuestImages.domain(host, vm, operation, without, List.of());
    }

    @Override
    protected String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        return drivers.images().memoryFile(host, vm);
    }

    @Override
    protected void discard(HostEndpoint host, UUID vm) throws Exception {
        drivers.images().discard(host, vm);
        Files.deleteIfExists(local.instances().resolve(vm + ".spare"));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.MIGRATE, Ability.RESIZE));
    }

    @Override
    protected BootFiles.Disk spareDisk(HostEndpoint host, UUID vm) throws IOException {
        return GuestImages.spareDisk(local.instances().resolve(vm + ".spare"));
    }

    @Override
    protected DomainSpec.Nic spareCard(HostEndpoint host) throws Exception {
        drivers.networks().ensure(local.endpoint(NETWORKS_CLOUD), NETWORK);
        return new DomainSpec.Nic(NETWORK.name(), NETWORK.bridge(), "02:00:0a:b1:00:63");
    }

    @Override
    protected String consoleWords(UUID vm) {
        return "instance-id: " + GuestImages.instanceId(vm);
    }

    @Override
    protected Set<String> leftovers() throws IOException {
        Set<String> files = new HashSet<>();
        for (Path directory : List.of(local.instances(), local.consoles())) {
            try (Stream<Path> found = Files.list(directory)) {
                found.forEach(file -> files.add(file.toString()));
            }
        }
        return files;
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(90);
    }
}
