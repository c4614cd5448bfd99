package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Debian package, installed in a clean root with nothing but what it depends on, and run as its own user. */
class PackageTest {
    private static Path folder;
    private static Path root;
    private static Path deb;

    @BeforeAll
    static void install() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "making a clean root needs root");
        folder = Files.createTempDirectory(Path.of("/tmp"), "xenith-package-");
        root = folder.resolve("root");
        RunningCloud.markBuilt();
        String made = run(
                        RunningCloud.ROOT.resolve("xenith").toString(), "package", "--no-install", "--out", "" + folder)
                .succeeded();
        deb = Path.of(made.strip());
        // Of alternatives the first is taken.
        String depends = run("dpkg-deb", "-f", deb.toString(), "Depends").succeeded();
        String packages = depends.strip().replaceAll(" \\|[^,]*", "").replace(" ", "");
        // systemd checks the unit.
        run(
                        "mmdebstrap",
                        "--quiet",
                        "--mode=root",
                        "--variant=minbase",
                        "--aptopt=APT::Sandbox::User \"root\"",
                        "--include=systemd," + packages,
                        "bookworm",
                        root.toString())
                .succeeded();
        Files.copy(deb, root.resolve("tmp/xenith.deb"));
        inRoot("root", "dpkg", "-i", "/tmp/xenith.deb").succeeded();
    }

    @AfterAll
    static void remove() {
        if (folder != null) {
            run("rm", "-rf", "--one-file-system", folder.toString()).succeeded();
        }
    }

    @Test
    void itServesAsItsOwnUserUntilItIsRemovedAndKeepsItsState() throws IOException {
        assertThat(inRoot("root", "systemd-analyze", "verify", "xenith.service").errors())
                .doesNotContain("xenith");
        String port = Integer.toString(RunningCloud.freePort());
        xenith("up", "--driver", "sim", "--hosts", "2", "--port", port, "--no-install")
                .succeeded();
        try {
            assertThat(xenith("host", "list").succeeded()).contains("sim-1", "sim-2");
            assertThat(inRoot("root", "stat", "-c", "%U %a", "/var/lib/xenith").succeeded())
                    .isEqualTo("xenith 700");
            assertThat(xenith("test").errors()).contains("test needs a checkout");
        } finally {
            xenith("down").succeeded();
        }
        xenith("up", "--no-install").succeeded();
        assertThat(xenith("status").succeeded()).contains("serving");
        xenith("down").succeeded();

        inRoot("root", "dpkg", "--purge", "xenith").succeeded();

        assertThat(root.resolve("usr/share/xenith")).doesNotExist();
        assertThat(root.resolve("usr/bin/xenith")).doesNotExist();
        assertThat(root.resolve("var/lib/xenith/db")).isNotEmptyDirectory();
    }

    private static CommandResult xenith(String... words) {
        List<String> all = new ArrayList<>(List.of("/usr/bin/xenith"));
        all.addAll(List.of(words));
        return inRoot("xenith", all.toArray(String[]::new));
    }

    /** As that user; what is mounted for the command goes with it. */
    private static CommandResult inRoot(String user, String... words) {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t proc proc \"$0/proc\" && user=$1 && shift && exec chroot --userspec=\"$user\" \"$0\" \"$@\"",
                root.toString(),
                user));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    private static CommandResult run(String... words) {
        return Commands.run(RunningCloud.ROOT, Map.of("HOME", "/nonexistent"), List.of(words));
    }
}
