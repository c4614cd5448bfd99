package xenith.drivers.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import xenith.drivers.LibvirtDrivers;
import xenith.engine.model.HostId;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;

/**
 * Real Xen hosts with a shared store, named by system properties: {@code xenith.lab.hosts} as
 * {@code URI|MIGRATION-ADDRESS,URI|MIGRATION-ADDRESS}, and {@code xenith.lab.home}, whose {@code images} and
 * {@code instances} the hosts see under the same paths; the small guest is in {@code images/mini}.
 */
record XenLab(List<Host> hosts, Path home, Path consoles) {
    private static final String HOSTS = "xenith.lab.hosts";
    private static final String HOME = "xenith.lab.home";
    /** A host boots in one to two minutes. */
    private static final int LIMIT_SECONDS = 300;

    record Host(String uri, String migrationAddress) {
        static Host parse(String text) {
            int bar = text.indexOf('|');
            return new Host(text.substring(0, bar), text.substring(bar + 1));
        }
    }

    /** Skips the test where no lab runs. */
    static XenLab open() throws IOException {
        String hosts = System.getProperty(HOSTS, "");
        assumeTrue(
                !hosts.isEmpty(),
                "NOT TESTED ON XEN: no lab runs; './xenith test --lab' starts one, or name hosts in -D" + HOSTS);
        Path home = Path.of(System.getProperty(HOME, ""));
        if (!Files.isRegularFile(home.resolve("images/mini/vmlinuz"))) {
            throw new IllegalStateException("-D" + HOME + "=" + home + " has no images/mini/vmlinuz");
        }
        List<Host> parsed = Stream.of(hosts.split(",")).map(Host::parse).toList();
        return new XenLab(parsed, home, Files.createTempDirectory("xenith-consoles-"));
    }

    DriverSet drivers() throws IOException {
        return LibvirtDrivers.set(home.resolve("images"), home.resolve("instances"), consoles, Set.of());
    }

    /** @param number 1 or 2 */
    HostEndpoint endpoint(int number, UUID cloud) {
        Host host = hosts.get(number - 1);
        return new HostEndpoint(
                new HostId(number), "xen" + number, host.uri(), Optional.of(host.migrationAddress()), cloud);
    }

    /** Has the launcher do something with the lab, as {@code kill hv1}; for hosts that it has started. */
    void command(String... words) throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("xenith"))) {
            root = root.getParent();
        }
        List<String> command = new ArrayList<>(List.of(root.resolve("xenith").toString(), "lab"));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home.toString()));
        Path said = Files.createTempFile("xenith-lab-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", command, Files.readString(said))
                    .isTrue();
        } finally {
            Files.delete(said);
        }
    }

    void close() throws IOException {
        Files.delete(consoles);
    }
}
