package xenith.gateway.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import xenith.drivers.CommandFencing;
import xenith.drivers.LibvirtDrivers;
import xenith.drivers.SimDrivers;
import xenith.drivers.images.Transfers;
import xenith.drivers.process.DriverProgram;
import xenith.drivers.process.ProcessDrivers;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.port.DriverSet;
import xenith.gateway.api.ApiSettings;

/** The drivers that the configuration asks for, with what has to be closed after them. */
record Drivers(DriverSet set, Transfers transfers, AutoCloseable world) {
    private static final long FENCING_SECONDS = 120;

    static Drivers of(Configuration configuration, Home home) throws IOException {
        Transfers transfers = new Transfers();
        return switch (configuration.driver()) {
            case LIBVIRT ->
                new Drivers(
                        LibvirtDrivers.set(
                                configuration.imageDirectory().orElse(home.path("images")),
                                home.path("instances"),
                                home.path("hypervisor/console"),
                                Set.of(),
                                transfers),
                        transfers,
                        () -> {});
            case PROCESS -> {
                List<String> command = configuration.driverCommand();
                ProcessDrivers drivers = new ProcessDrivers(new DriverProgram(
                        Path.of(command.get(0)),
                        command.subList(1, command.size()),
                        Files.createDirectories(home.path("driver")),
                        Files.createDirectories(configuration.imageDirectory().orElse(home.path("images")))));
                yield new Drivers(drivers.set(), transfers, drivers);
            }
            case SIM -> {
                long seed = configuration.simulationSeed();
                SimWorld world = configuration.simulatedWorld().isPresent()
                        ? SimWorld.shared(configuration.simulatedWorld().get(), seed, SimSettings.LIFELIKE)
                        : new SimWorld(home.path("sim"), seed, SimSettings.LIFELIKE);
                Path images = configuration.imageDirectory().orElse(home.path("images"));
                yield new Drivers(SimDrivers.set(world, images, Set.of()), transfers, world);
            }
        };
    }

    /** Images that are on their way to hosts. */
    List<ApiSettings.Transfer> transfersUnderWay() {
        return transfers.underWay().stream()
                .map(one -> new ApiSettings.Transfer(one.host(), one.image(), one.bytesDone(), one.bytesTotal()))
                .toList();
    }

    /** What becomes of machines whose host is lost. */
    RecoverySettings recovery(Configuration configuration) {
        return new RecoverySettings(
                configuration.fencingCommand().map(program -> new CommandFencing(program, FENCING_SECONDS)),
                configuration.restartsMachines(),
                configuration.fencingAfterSeconds() * 1000L);
    }
}
