package xenith.drivers.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import xenith.engine.model.HostId;
import xenith.engine.port.HostEndpoint;

/**
 * A private libvirtd for QEMU in a home of its own, with the small guest's images in its store. Needs root and the
 * programs that the launcher installs, and fails where they are missing.
 */
public final class LocalHypervisor {
    /** Guests are built once for a clone of the project; that needs Debian's package servers the first time. */
    private static final int LIMIT_SECONDS = 300;

    private final Path root;
    private final Path home;

    private LocalHypervisor(Path root, Path home) {
        this.root = root;
        this.home = home;
    }

    public static LocalHypervisor start() throws IOException, InterruptedException {
        Path root = SmallGuest.root();
        Path mini = SmallGuest.build();
        // A socket's path is bounded to 107 bytes, so the home is short.
        Path home = Files.createTempDirectory(Path.of("/tmp"), "xq-");
        LocalHypervisor hypervisor = new LocalHypervisor(root, home);
        Files.createDirectories(hypervisor.images());
        for (String file : SmallGuest.FILES) {
            Files.copy(mini.resolve(file), hypervisor.images().resolve(file));
        }
        hypervisor.command("start");
        return hypervisor;
    }

    public Path images() {
        return home.resolve("images");
    }

    public Path instances() {
        return home.resolve("instances");
    }

    public Path consoles() {
        return home.resolve("hypervisor/console");
    }

    public HostEndpoint endpoint(UUID cloud) throws IOException, InterruptedException {
        String type = Files.readString(home.resolve("hypervisor/domain-type")).strip();
        String uri = command("uri").strip() + "&xenith_domain_type=" + type;
        return new HostEndpoint(new HostId(1), "local", uri, Optional.empty(), cloud);
    }

    /** Ends libvirtd at once; its keeper starts it again. */
    void killLibvirtd() throws IOException, InterruptedException {
        run(List.of(
                "kill",
                "-9",
                Files.readString(home.resolve("hypervisor/run/libvirtd.pid")).strip()));
    }

    /** Ends a guest's process at once, as a host does that has no memory left. */
    void killGuest(String domain) throws IOException, InterruptedException {
        Path pid = home.resolve("hypervisor/run/qemu/" + domain + ".pid");
        run(List.of("kill", "-9", Files.readString(pid).strip()));
    }

    private String command(String name) throws IOException, InterruptedException {
        return run(List.of(root.resolve("launcher/local-hypervisor").toString(), name, "--home", home.toString()));
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("xq-", ".log");
        Path complaints = Files.createTempFile("xq-", ".log");
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectOutput(said.toFile())
                    .redirectError(complaints.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as(
                            "'%s' must succeed; it needs root and the launcher's packages; it said: %s",
                            command, Files.readString(complaints))
                    .isTrue();
            return Files.readString(said, StandardCharsets.UTF_8);
        } finally {
            Files.delete(said);
            Files.delete(complaints);
        }
    }

    /** Stops it and removes its home; what it leaves in the machine's namespaces is nothing. */
    public void stop() throws IOException, InterruptedException {
        String netns = Files.readString(home.resolve("hypervisor/netns")).strip();
        command("stop");
        assertThat(Path.of("/run/netns", netns)).doesNotExist();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
