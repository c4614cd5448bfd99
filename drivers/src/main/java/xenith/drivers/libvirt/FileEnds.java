package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Ends of files and of texts. */
final class FileEnds {
    private FileEnds() {}

    /** The file's last bytes; empty when there is no file. Reads no more than was asked for. */
    static byte[] read(Path file, int maxBytes) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(maxBytes, size));
            channel.position(size - end.capacity());
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // A file that is cut meanwhile ends early.
            }
            byte[] read = new byte[end.position()];
            end.flip().get(read);
            return read;
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** One text after the other, and of both no more than the last bytes. */
    static byte[] join(byte[] first, byte[] second, int maxBytes) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return Arrays.copyOfRange(both, Math.max(0, both.length - maxBytes), both.length);
    }

    static boolean endsWith(byte[] text, byte[] end) {
        return text.length >= end.length
                && Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length);
    }
}
