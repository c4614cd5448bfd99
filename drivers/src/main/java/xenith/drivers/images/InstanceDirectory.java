package xenith.drivers.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/**
 * What one machine has on one host: a directory with its clone, seed and saved memory, and a file that says whose it
 * is. Files come into being under other names and are renamed when they are whole.
 */
final class InstanceDirectory {
    private static final String OWNER = "owner";

    private final Path directory;
    private final String owner;

    InstanceDirectory(Path instances, HostEndpoint host, UUID vm) {
        this.directory = instances.resolve(vm.toString());
        this.owner = owner(host);
    }

    private static String owner(HostEndpoint host) {
        return host.cloud() + " " + host.host();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /**
     * Makes the directory, with its owner's name in it from the first moment.
     *
     * @throws DriverException {@code REFUSED} when it is another cloud's or another host's
     */
    void create() throws IOException, DriverException {
        Optional<String> there = ownedBy(directory);
        if (there.isEmpty()) {
            make();
        } else if (!there.get().equals(owner)) {
            throw new DriverException(
                    Failure.REFUSED, directory.getFileName() + " is another host's, or another cloud's");
        }
    }

    private void make() throws IOException {
        Path fresh = Files.createTempDirectory(directory.getParent(), ".new-");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-x---"));
        Files.writeString(fresh.resolve(OWNER), owner);
        try {
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh.resolve(OWNER));
            Files.deleteIfExists(fresh);
            if (!Files.exists(file(OWNER))) {
                throw e;
            }
        }
    }

    /**
     * Makes it that host's, whichever host of the same cloud has it. Returns when it is already, or is not there.
     *
     * @throws DriverException {@code REFUSED} when it is another cloud's
     */
    void adopt() throws IOException, DriverException {
        Optional<String> there = ownedBy(directory);
        if (there.isEmpty() || there.get().equals(owner)) {
            return;
        }
        if (!cloud(there.get()).equals(cloud(owner))) {
            throw new DriverException(Failure.REFUSED, directory.getFileName() + " is another cloud's");
        }
        write(OWNER, owner.getBytes(StandardCharsets.UTF_8));
    }

    private static String cloud(String someOwner) {
        return someOwner.substring(0, Math.max(0, someOwner.indexOf(' ')));
    }

    /** Writes a file unless it holds just that. */
    Path write(String name, byte[] content) throws IOException {
        Path file = file(name);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Path part = file(name + ".part");
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** Removes all that is there, if it is that host's; its owner's name last, so that a half-removed one is found. */
    void remove() throws IOException {
        if (!ownedBy(directory).filter(owner::equals).isPresent()) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(one -> !one.endsWith(OWNER)).toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(file(OWNER));
        Files.deleteIfExists(directory);
    }

    /** The machines that have such a directory on that host. */
    static Set<UUID> of(Path instances, HostEndpoint host) throws IOException {
        Set<UUID> found = new HashSet<>();
        try (Stream<Path> directories = Files.list(instances)) {
            for (Path directory : directories.toList()) {
                if (ownedBy(directory).filter(owner(host)::equals).isPresent()) {
                    found.add(UUID.fromString(directory.getFileName().toString()));
                }
            }
        }
        return Set.copyOf(found);
    }

    private static Optional<String> ownedBy(Path directory) throws IOException {
        if (!directory.getFileName().toString().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(directory.resolve(OWNER), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
