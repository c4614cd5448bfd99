package xenith.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostId;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.HypervisorDriverContract;

class SimHypervisorDriverTest extends HypervisorDriverContract {
    @TempDir
    Path directory;

    private SimHarness sim;

    @Override
    protected void openDriver() throws IOException {
        sim = new SimHarness(directory, SimSettings.QUICK);
    }

    @Override
    protected void closeDriver() {
        sim.close();
    }

    @Override
    protected HypervisorDriver driver() {
        return sim.drivers().hypervisor();
    }

    @Override
    protected HostEndpoint endpoint(UUID cloud) {
        return new HostEndpoint(new HostId(1), "one", "sim://host-1", Optional.empty(), cloud);
    }

    @Override
    protected DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        return sim.bootable(host, vm, operation);
    }

    @Override
    protected DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) {
        Disk gone = new Disk(directory.resolve("gone.img").toString(), DiskFormat.RAW, false);
        BootFiles boot = new BootFiles(Optional.empty(), Optional.empty(), "", List.of(gone));
        return new DomainSpec(
                vm, "d-" + vm, host.cloud(), 42, operation, 1, 100, 64, Virtualization.PARAVIRTUAL, boot, List.of());
    }

    @Override
    protected String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        return sim.drivers().images().memoryFile(host, vm);
    }

    @Override
    protected void discard(HostEndpoint host, UUID vm) throws DriverException {
        sim.drivers().images().discard(host, vm);
        sim.drivers().images().discard(migrationTargetOf(host), vm);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.HOTPLUG));
    }

    @Override
    protected HostEndpoint migrationTarget() {
        return migrationTargetOf(ours);
    }

    private static HostEndpoint migrationTargetOf(HostEndpoint host) {
        return new HostEndpoint(new HostId(2), "two", "sim://host-2", Optional.empty(), host.cloud());
    }

    @Override
    protected String consoleWords(UUID vm) {
        return "hostname: guest-" + vm + "\n";
    }

    @Override
    protected Set<String> leftovers() {
        return sim.leftovers();
    }
}
