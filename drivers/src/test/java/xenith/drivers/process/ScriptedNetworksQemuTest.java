package xenith.drivers.process;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;
import xenith.engine.port.NetworkDriverContract;

/** A script's networks, of which it keeps a file. */
@Tag("qemu")
class ScriptedNetworksQemuTest extends NetworkDriverContract {
    @TempDir
    Path home;

    private ProcessDrivers drivers;

    @Override
    protected void openDriver() throws Exception {
        drivers = new ProcessDrivers(DriverFixture.script(home, DriverFixture.inTree("examples/drivers/qemu.py")));
        drivers.set().hypervisor().connect(host(), () -> {}).close();
    }

    @Override
    protected void closeDriver() {
        drivers.close();
    }

    @Override
    protected NetworkDriver driver() {
        return drivers.set().networks();
    }

    @Override
    protected HostEndpoint host() {
        return DriverFixture.host(1, "host-1", "local://host-1");
    }
}
