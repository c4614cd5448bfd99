package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** Domains' files and saved memory, which lie where this machine and its hosts see them under the same path. */
final class HostFiles {
    private static final long KIB_PER_MIB = 1024;
    /** A saved memory is a little larger than the memory. */
    private static final long RESERVE_MIB = 16;

    private HostFiles() {}

    static boolean exists(String file) {
        return Files.isRegularFile(Path.of(file));
    }

    /** @throws DriverException {@code REFUSED} when a domain's file is not there */
    static void refuseMissing(BootFiles boot) throws DriverException {
        List<String> files =
                new ArrayList<>(boot.disks().stream().map(Disk::file).toList());
        boot.kernel().ifPresent(files::add);
        boot.ramdisk().ifPresent(files::add);
        for (String file : files) {
            refuseMissing(file);
        }
    }

    /** @throws DriverException {@code REFUSED} when it is not there */
    static void refuseMissing(String file) throws DriverException {
        if (!exists(file)) {
            throw new DriverException(Failure.REFUSED, "file '" + file + "' is missing");
        }
    }

    /** @throws DriverException {@code FAILED} when the file system has no room for a file of that size */
    static void refuseWithoutRoom(String file, long kib) throws DriverException {
        Path directory = Path.of(file).toAbsolutePath().getParent();
        try {
            long freeMib = Files.getFileStore(directory).getUsableSpace() / KIB_PER_MIB / KIB_PER_MIB;
            if (freeMib < kib / KIB_PER_MIB + RESERVE_MIB) {
                throw new DriverException(
                        Failure.FAILED,
                        "save: " + directory + " has " + freeMib + " MiB free, too little for " + kib / KIB_PER_MIB);
            }
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "save: " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Returns when it is not there. */
    static void remove(String file) throws DriverException {
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "removing " + file + ": " + e.getMessage(), e);
        }
    }
}
