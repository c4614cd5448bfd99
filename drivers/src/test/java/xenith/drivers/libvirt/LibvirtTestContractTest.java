package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.HostId;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.HypervisorDriver;
import xenith.engine.port.HypervisorDriverContract;

/** libvirt's test driver: every call goes through libvirt, and no guest runs. */
class LibvirtTestContractTest extends HypervisorDriverContract {
    @TempDir
    Path directory;

    @Override
    protected HypervisorDriver driver() {
        return new LibvirtHypervisorDriver("libvirt", directory, directory);
    }

    @Override
    protected HostEndpoint endpoint(UUID cloud) {
        return new HostEndpoint(new HostId(1), "test", "test:///default", Optional.empty(), cloud);
    }

    @Override
    protected DomainSpec bootable(HostEndpoint host, UUID vm, long operation) {
        BootFiles boot = new BootFiles(Optional.of("/kernel"), Optional.empty(), "", List.of());
        return new DomainSpec(
                vm,
                "xenith-" + vm,
                host.cloud(),
                42,
                operation,
                1,
                100,
                32,
                Virtualization.PARAVIRTUAL,
                boot,
                List.of());
    }

    @Override
    protected DomainSpec unbootable(HostEndpoint host, UUID vm, long operation) {
        throw new UnsupportedOperationException("the test driver looks at no files");
    }

    @Override
    protected String memoryFile(HostEndpoint host, UUID vm) {
        return directory.resolve(vm + ".memory").toString();
    }

    @Override
    protected void discard(HostEndpoint host, UUID vm) throws IOException {
        Files.deleteIfExists(Path.of(memoryFile(host, vm)));
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.PAUSE, Ability.SAVE, Ability.SHUTDOWN, Ability.REBOOT);
    }
}
