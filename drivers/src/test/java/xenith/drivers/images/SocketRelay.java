package xenith.drivers.images;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and libvirtd's socket, counts what the client sends, and cuts the line when told. */
final class SocketRelay implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocketChannel server;
    private final Path target;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong cutAtBytes = new AtomicLong(Long.MAX_VALUE);

    SocketRelay(Path socket, Path target) throws IOException {
        this.target = target;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        daemon(this::accept);
    }

    /** Of all connections so far. */
    long bytesSent() {
        return bytesSent.get();
    }

    /** Cuts the connection that sends the byte of that number, once. */
    void cutAt(long bytes) {
        cutAtBytes.set(bytes);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel host = SocketChannel.open(UnixDomainSocketAddress.of(target));
                daemon(() -> copy(client, host, true));
                daemon(() -> copy(host, client, false));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void copy(SocketChannel from, SocketChannel to, boolean counted) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (from;
                to) {
            while (from.read(chunk) >= 0) {
                chunk.flip();
                long sent = counted ? bytesSent.addAndGet(chunk.remaining()) : 0;
                if (sent >= cutAtBytes.get()) {
                    cutAtBytes.set(Long.MAX_VALUE);
                    return;
                }
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
                chunk.clear();
            }
        } catch (IOException e) {
            // One end is gone, and the other goes with it.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
