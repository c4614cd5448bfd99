package xenith.drivers.process;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageDriverContract;

/** A script's clones, by qemu-img. */
@Tag("qemu")
class ScriptedImagesQemuTest extends ImageDriverContract {
    private static final UUID CLOUD = UUID.randomUUID();

    @TempDir
    Path home;

    private ProcessDrivers drivers;

    @Override
    protected void openDriver() throws Exception {
        drivers = new ProcessDrivers(DriverFixture.script(home, DriverFixture.inTree("examples/drivers/qemu.py")));
    }

    @Override
    protected void closeDriver() {
        drivers.close();
    }

    @Override
    protected ImageDriver driver() {
        return drivers.set().images();
    }

    @Override
    protected HostEndpoint host() {
        return host(1);
    }

    @Override
    protected HostEndpoint otherHost() {
        return host(2);
    }

    private static HostEndpoint host(long number) {
        HostEndpoint host = DriverFixture.host(number, "host-" + number, "local://host-" + number);
        return new HostEndpoint(host.host(), host.name(), host.uri(), host.migrationAddress(), CLOUD);
    }

    @Override
    protected Path store() {
        return home.resolve("images");
    }
}
