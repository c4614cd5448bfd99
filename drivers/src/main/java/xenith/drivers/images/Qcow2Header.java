package xenith.drivers.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * The header of a qcow2 file (QEMU's docs/interop/qcow2.txt), read without QEMU: whoever uploads an image must not make
 * QEMU open another of the host's files.
 *
 * @param virtualSizeBytes what a guest sees of the disk
 */
record Qcow2Header(long virtualSizeBytes) {
    private static final int MAGIC = 0x514649fb;
    private static final int V2_BYTES = 72;
    private static final int V3_BYTES = 104;
    /** Dirty, corrupt, compression type, extended L2 entries: what needs no other file, and QEMU 7 knows. */
    private static final long KNOWN_INCOMPATIBLE = 0b1_1011;

    private static final long EXTERNAL_DATA = 0b100;
    private static final int MIN_CLUSTER_BITS = 9;
    private static final int MAX_CLUSTER_BITS = 21;
    private static final int EXTENSION_END = 0;
    private static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;
    private static final int EXTENSION_DATA_FILE = 0x44415441;

    /**
     * Reads a file's header.
     *
     * @return empty when the file is no qcow2 at all
     * @throws DriverException {@code REFUSED}, when it is one that may not be used, naming the reason
     */
    static Optional<Qcow2Header> read(Path file) throws DriverException {
        ByteBuffer start = ByteBuffer.allocate(1 << MIN_CLUSTER_BITS);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // Short files end early.
            }
        } catch (IOException e) {
            throw new DriverException(Failure.FAILED, "reading " + file.getFileName() + ": " + e.getMessage(), e);
        }
        start.flip();
        if (start.remaining() < Integer.BYTES || start.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        return Optional.of(checked(start));
    }

    private static Qcow2Header checked(ByteBuffer header) throws DriverException {
        require(header.remaining() >= V2_BYTES, "has a header that is cut short");
        int version = header.getInt(4);
        require(version == 2 || version == 3, "has version " + Integer.toUnsignedString(version) + ", not 2 or 3");
        require(header.getLong(8) == 0 && header.getInt(16) == 0, "has a backing file");
        int clusterBits = header.getInt(20);
        require(
                clusterBits >= MIN_CLUSTER_BITS && clusterBits <= MAX_CLUSTER_BITS,
                "has cluster bits " + Integer.toUnsignedString(clusterBits) + ", not 9 to 21");
        long size = header.getLong(24);
        require(size >= 0, "has a size beyond 63 bits");
        require(header.getInt(32) == 0, "is encrypted");
        int headerBytes = V2_BYTES;
        if (version == 3) {
            require(header.remaining() >= V3_BYTES, "has a header that is cut short");
            long incompatible = header.getLong(72);
            require((incompatible & EXTERNAL_DATA) == 0, "has an external data file");
            require((incompatible & ~KNOWN_INCOMPATIBLE) == 0, "has incompatible features that are not known");
            headerBytes = header.getInt(100);
            require(headerBytes >= V3_BYTES && headerBytes % 8 == 0, "has a header of a wrong length");
        }
        extensions(header, headerBytes);
        return new Qcow2Header(size);
    }

    private static void extensions(ByteBuffer header, int from) throws DriverException {
        int at = from;
        while (at >= 0 && at + 8 <= header.remaining() && header.getInt(at) != EXTENSION_END) {
            int type = header.getInt(at);
            int length = header.getInt(at + 4);
            require(type != EXTENSION_DATA_FILE, "names an external data file");
            require(type != EXTENSION_BACKING_FORMAT, "names a backing file's format");
            require(length >= 0 && length <= header.remaining() - at - 8, "has header extensions that are too long");
            at += 8 + (length + 7) / 8 * 8;
        }
        require(at >= 0 && at + 8 <= header.remaining(), "has header extensions that do not end");
    }

    private static void require(boolean fine, String otherwise) throws DriverException {
        if (!fine) {
            throw new DriverException(Failure.REFUSED, "the qcow2 file " + otherwise);
        }
    }
}
