package xenith.drivers.xen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import xenith.drivers.GuestImages;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.HypervisorDriverContract;

/** Real guests on real Xen, without disks and cards, which {@link LibvirtXenTest} is about. */
@Tag("xen")
class LibvirtHypervisorXenTest extends HypervisorDriverContract {
    private static XenLab lab;
    private static DriverSet drivers;
    private static ShortGuest guest;

    @BeforeAll
    static void open() throws IOException {
        lab = XenLab.open();
        drivers = lab.drivers();
        guest = ShortGuest.make(lab);
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            guest.remove();
            lab.close();
        }
    }

    @Override
    protected HypervisorDriver driver() {
        return drivers.hypervisor();
    }

    @Override
    protected HostEndpoint endpoint(UUID cloud) {
        return lab.endpoint(1, cloud);
    }

    @Override
    protected HostEndpoint migrationTarget() {
        return lab.endpoint(2, ours.cloud());
    }

    @Override
    protected DomainSpec bootable(HostEndpoint host, UUID vm, long operation) {
        return guest.domain(host, vm, operation);
    }

    @Override
    protected DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) {
        return new ShortGuest(guest.kernel(), lab.home().resolve("images/gone")).domain(host, vm, operation);
    }

    @Override
    protected String memoryFile(HostEndpoint host, UUID vm) {
        return lab.home().resolve("instances").resolve(vm + ".memory").toString();
    }

    @Override
    protected void discard(HostEndpoint host, UUID vm) throws IOException {
        Files.deleteIfExists(Path.of(memoryFile(host, vm)));
        Files.deleteIfExists(spare(vm));
    }

    @Override
    protected Disk spareDisk(HostEndpoint host, UUID vm) throws IOException {
        return GuestImages.spareDisk(spare(vm));
    }

    private static Path spare(UUID vm) {
        return lab.home().resolve("instances").resolve(vm + ".spare");
    }

    @Override
    protected Nic spareCard(HostEndpoint host) {
        return new Nic("xen", "xenbr0", "02:00:0a:4d:00:63");
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.values());
    }

    @Override
    protected String consoleWords(UUID vm) {
        return ShortGuest.words(vm);
    }

    @Override
    protected Set<String> leftovers() throws IOException {
        Set<String> left = new HashSet<>();
        try (Stream<Path> found = Files.list(lab.consoles())) {
            found.forEach(file -> left.add(file.toString()));
        }
        return left;
    }

    @Override
    protected Duration pollInterval() {
        return Duration.ofMillis(500);
    }

    @Override
    protected Duration patience() {
        return Duration.ofMinutes(3);
    }
}
