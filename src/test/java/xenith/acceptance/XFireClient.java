package xenith.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The old SOAP client, compiled and run in processes of its own: its libraries would clash with anybody else's. */
final class XFireClient {
    private static final Path JARS = RunningCloud.ROOT.resolve("src/test/target/xfire");
    private static final Path SOURCE = RunningCloud.ROOT.resolve("src/test/clients/xfire/XFireSession.java");

    private XFireClient() {}

    /** Runs the whole session in that cloud. */
    static CommandResult session(RunningCloud cloud) {
        try {
            Path classes = Files.createTempDirectory("xfire-classes");
            Commands.run(
                            RunningCloud.ROOT,
                            Map.of(),
                            List.of(
                                    "javac",
                                    "-nowarn",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    JARS + "/*",
                                    SOURCE.toString()))
                    .succeeded();
            return cloud.run(
                    "java",
                    "-Dxfire.properties=" + classes.resolve("crypto.properties"),
                    "-cp",
                    classes + ":" + JARS + "/*",
                    "XFireSession");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
