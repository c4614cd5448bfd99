package xenith.gateway.server;

import java.io.IOException;
import java.util.Set;
import xenith.drivers.CommandFencing;
import xenith.drivers.LibvirtDrivers;
import xenith.drivers.SimDrivers;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;
import xenith.engine.operation.RecoverySettings;
import xenith.engine.port.DriverSet;

/** The drivers that the configuration asks for, with what has to be closed after them. */
record Drivers(DriverSet set, AutoCloseable world) {
    private static final long FENCING_SECONDS = 120;

    static Drivers of(Configuration configuration, Home home) throws IOException {
        return switch (configuration.driver()) {
            case LIBVIRT ->
                new Drivers(
                        LibvirtDrivers.set(
                                home.path("images"), home.path("instances"), home.path("hypervisor/console"), Set.of()),
                        () -> {});
            case SIM -> {
                SimWorld world = new SimWorld(home.path("sim"), configuration.simulationSeed(), SimSettings.LIFELIKE);
                yield new Drivers(SimDrivers.set(world, home.path("images"), Set.of()), world);
            }
        };
    }

    /** What becomes of machines whose host is lost. */
    RecoverySettings recovery(Configuration configuration) {
        return new RecoverySettings(
                configuration.fencingCommand().map(program -> new CommandFencing(program, FENCING_SECONDS)),
                configuration.restartsMachines(),
                configuration.fencingAfterSeconds() * 1000L);
    }
}
