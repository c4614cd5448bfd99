package xenith.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.NetworkDriver;
import xenith.engine.port.NetworkDriverContract;

class SimNetworkDriverTest extends NetworkDriverContract {
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
    protected NetworkDriver driver() {
        return sim.drivers().networks();
    }

    @Override
    protected HostEndpoint host() {
        return SimHarness.host(1);
    }
}
