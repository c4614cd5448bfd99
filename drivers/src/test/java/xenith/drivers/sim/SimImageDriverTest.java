package xenith.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageDriverContract;

class SimImageDriverTest extends ImageDriverContract {
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
    protected ImageDriver driver() {
        return sim.drivers().images();
    }

    @Override
    protected HostEndpoint host() {
        return SimHarness.host(1);
    }

    @Override
    protected HostEndpoint otherHost() {
        return SimHarness.host(2);
    }

    @Override
    protected Path store() {
        return directory.resolve("images");
    }

    /** A simulated guest writes to its disk by booting from it. */
    @Override
    protected void write(UUID vm, Disk clone) throws DriverException {
        BootFiles boot = new BootFiles(Optional.empty(), Optional.empty(), "", List.of(clone));
        try (Hypervisor host = sim.connect(1)) {
            host.start(new DomainSpec(
                    vm, "d-" + vm, host().cloud(), 42, 1, 1, 100, 64, Virtualization.PARAVIRTUAL, boot, List.of()));
            host.destroy(vm);
        }
    }

    @Override
    protected boolean isWritten(UUID vm, Disk clone) {
        return sim.world.audit().clones().stream().anyMatch(one -> one.vm().equals(vm) && one.boots() > 0);
    }
}
