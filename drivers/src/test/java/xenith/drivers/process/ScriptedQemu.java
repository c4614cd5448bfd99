package xenith.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.drivers.GuestImages;
import xenith.drivers.qemu.SmallGuest;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;

/** The example that starts QEMU itself, in a home of its own, with the small guest's images in its store. */
final class ScriptedQemu implements AutoCloseable {
    private final Path home;
    private final DriverProgram program;
    private ProcessDrivers drivers;

    private ScriptedQemu(Path home, DriverProgram program) {
        this.home = home;
        this.program = program;
        this.drivers = new ProcessDrivers(program);
    }

    static ScriptedQemu start() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("xenith-driver-");
        DriverProgram program = DriverFixture.script(home, DriverFixture.inTree("examples/drivers/qemu.py"));
        Path mini = SmallGuest.build();
        for (String file : SmallGuest.FILES) {
            Files.copy(mini.resolve(file), program.images().resolve(file));
        }
        return new ScriptedQemu(home, program);
    }

    DriverSet set() {
        return drivers.set();
    }

    Path images() {
        return program.images();
    }

    Path state() {
        return program.state();
    }

    /** Ends the program, and starts another life of it. */
    void restart() {
        drivers.close();
        drivers = new ProcessDrivers(program);
    }

    HostEndpoint host(long number, UUID cloud) {
        HostEndpoint host = DriverFixture.host(number, "host-" + number, "local://host-" + number);
        return new HostEndpoint(host.host(), host.name(), host.uri(), host.migrationAddress(), cloud);
    }

    DomainSpec bootable(HostEndpoint host, UUID vm, long operation) throws DriverException {
        BootFiles files = new GuestImages(set().images(), "").prepare(host, vm, "", List.of());
        return GuestImages.domain(host, vm, operation, files, List.of());
    }

    /** The files of all machines. */
    Set<String> leftovers() throws IOException {
        Set<String> left = new HashSet<>();
        for (String folder : List.of("hosts", "instances", "consoles")) {
            try (Stream<Path> files = Files.walk(state().resolve(folder))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("networks.json"))
                        .forEach(file -> left.add(file.toString()));
            }
        }
        return left;
    }

    @Override
    public void close() throws IOException {
        drivers.close();
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(state().toString()))
                        .isPresent()))
                .as("processes that are left")
                .isEmpty();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
