package xenith.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** A cloud whose driver is the how-to's script. */
class ScriptedDriverTest {
    @TempDir
    Path home;

    @Test
    void instancesRunOnAScriptsHostAndTheScriptEndsWithTheGateway() throws Exception {
        String settings = "driver = process\ndriver.command = " + script() + "\nhost.local.uri = any://one\n";
        try (GatewayHarness gateway = new GatewayHarness(home, settings);
                Ec2Client ec2 = gateway.client()) {
            String id = ec2.runInstances(run ->
                            run.imageId(image(ec2)).minCount(1).maxCount(1).instanceType("m1.small"))
                    .instances()
                    .get(0)
                    .instanceId();
            Supplier<String> state = () -> instance(ec2, id).state().nameAsString();

            GatewayHarness.await(() -> state.get().equals("running"));
            assertThat(scripts()).hasSize(1);
            ec2.terminateInstances(some -> some.instanceIds(id));
            GatewayHarness.await(() -> state.get().equals("terminated"));
        }
        assertThat(scripts()).isEmpty();
    }

    private static String image(Ec2Client ec2) {
        Filter machines = Filter.builder().name("image-type").values("machine").build();
        return ec2.describeImages(some -> some.filters(machines))
                .images()
                .get(0)
                .imageId();
    }

    private static Instance instance(Ec2Client ec2, String id) {
        return ec2.describeInstances(some -> some.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    private static Path script() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("examples/drivers"))) {
            directory = directory.getParent();
        }
        return directory.resolve("examples/drivers/minimal.py");
    }

    /** This process's children that run it. */
    private static List<ProcessHandle> scripts() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(child -> child.info()
                            .commandLine()
                            .filter(line -> line.contains("minimal.py"))
                            .isPresent())
                    .toList();
        }
    }
}
