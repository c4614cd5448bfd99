package xenith.drivers.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.HostId;
import xenith.engine.port.HostEndpoint;

/** Programs that speak the protocol, for tests. */
final class DriverFixture {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private DriverFixture() {}

    /** A script of the test's resources. */
    static DriverProgram script(Path home, String name, String... arguments) throws IOException, URISyntaxException {
        return script(home, Path.of(DriverFixture.class.getResource(name).toURI()), arguments);
    }

    static DriverProgram script(Path home, Path script, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-B", script.toString()));
        all.addAll(List.of(arguments));
        return new DriverProgram(
                PYTHON,
                all,
                Files.createDirectories(home.resolve("state")),
                Files.createDirectories(home.resolve("images")));
    }

    /** Of the project's tree. */
    static Path inTree(String path) {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("examples/drivers"))) {
            directory = directory.getParent();
        }
        return directory.resolve(path);
    }

    static HostEndpoint host(long number, String name, String uri) {
        return new HostEndpoint(new HostId(number), name, uri, Optional.empty(), new UUID(1, 1));
    }
}
