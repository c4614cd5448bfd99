package xenith.drivers.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.port.HostEndpoint;

/**
 * Which host's pool has a machine's disks: a file of this machine for each, so that a host that does not see them is not
 * taken for one where there are none yet.
 *
 * @param directory must be there
 */
record Placements(Path directory) {
    /** The number of the host. */
    Optional<String> hostOf(UUID vm) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(vm.toString()), StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void put(UUID vm, HostEndpoint host) throws IOException {
        if (!hostOf(vm).equals(Optional.of(number(host)))) {
            Path fresh = Files.createTempFile(directory, ".new-", "");
            Files.writeString(fresh, number(host), StandardCharsets.US_ASCII);
            Files.move(fresh, directory.resolve(vm.toString()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Nothing, when another host has it. */
    void remove(UUID vm, HostEndpoint host) throws IOException {
        if (hostOf(vm).equals(Optional.of(number(host)))) {
            Files.deleteIfExists(directory.resolve(vm.toString()));
        }
    }

    private static String number(HostEndpoint host) {
        return Long.toString(host.host().value());
    }
}
