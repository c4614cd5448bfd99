package xenith.drivers.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The small guest, built once for a clone of the project; that needs Debian's package servers the first time. */
public final class SmallGuest {
    /** Its files. */
    public static final List<String> FILES = List.of("vmlinuz", "initrd.gz", "root.qcow2");

    private SmallGuest() {}

    /** @return the directory that has {@link #FILES} */
    public static Path build() throws IOException, InterruptedException {
        Path target = root().resolve("guest/target");
        LocalHypervisor.run(List.of(
                root().resolve("guest/build").toString(),
                "--out",
                target.resolve("mini").toString(),
                "--cache",
                target.resolve("packages").toString()));
        return target.resolve("mini");
    }

    /** The project's. */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("launcher/local-hypervisor"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
