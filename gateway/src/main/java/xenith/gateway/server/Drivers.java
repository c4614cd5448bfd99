package xenith.gateway.server;

import java.io.IOException;
import java.util.Set;
import xenith.drivers.LibvirtDrivers;
import xenith.drivers.SimDrivers;
import xenith.drivers.sim.SimSettings;
import xenith.drivers.sim.SimWorld;
import xenith.engine.port.DriverSet;

/** The drivers that the configuration asks for, with what has to be closed after them. */
record Drivers(DriverSet set, AutoCloseable world) {
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
}
