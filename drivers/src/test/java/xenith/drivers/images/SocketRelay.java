package xenith.drivers.images;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and libvirtd's socket, counts what the client sends, and does something on the way: cuts the line above all. */
final class SocketRelay implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocketChannel server;
    private final Path target;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicReference<Incident> incident = new AtomicReference<>();

    /** What happens when the byte of that number is sent. */
    private record Incident(long atBytes, Call call, boolean cuts) {}

    /** What may fail. */
    @FunctionalInterface
    interface Call {
        void run() throws IOException;
    }

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
        incident.set(new Incident(bytes, () -> {}, true));
    }

    /** Does it before the byte of that number goes on, once. */
    void doAt(long bytes, Call call) {
        incident.set(new Incident(bytes, call, false));
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
                Incident due = incident.get();
                if (due != null && sent >= due.atBytes() && incident.compareAndSet(due, null)) {
                    due.call().run();
                    if (due.cuts()) {
                        return;
                    }
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
