package xenith.gateway.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import xenith.engine.model.Host;

/**
 * What the configuration says to this interface.
 *
 * @param drivers names of the drivers there are
 * @param driver of hosts that are added without one
 * @param zone of hosts that are added without one
 * @param privateHost whether a host is the home's own hypervisor, whose guests are shut down with the cloud; guests of
 *     others, and simulated ones, run on
 * @param transfers images that are on their way to hosts
 * @param backup copies the database and says where the copy is
 * @param stop stops the gateway in an orderly way; called once, on a thread of its own, after the answer was written
 */
public record ApiSettings(
        Set<String> drivers,
        String driver,
        String zone,
        Predicate<Host> privateHost,
        Supplier<List<Transfer>> transfers,
        Supplier<Path> backup,
        Runnable stop) {
    /** An image on its way to a host. */
    public record Transfer(String host, String image, long bytesDone, long bytesTotal) {}

    public ApiSettings {
        drivers = Set.copyOf(drivers);
    }
}
