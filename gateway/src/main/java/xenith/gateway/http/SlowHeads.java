package xenith.gateway.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts off clients that send a request's header too slowly. The idle timeout does not: a byte now and then is enough to
 * never be idle. A connection that received bytes since its last request, but no further request, is within a header. A
 * TLS connection below it has as long for its handshake.
 */
final class SlowHeads implements Connection.Listener {
    private static final long LOOK_MILLIS = 1_000;
    /** What an SSLSession says before the end of the handshake. */
    private static final String NO_PROTOCOL = "NONE";

    private final Scheduler scheduler;
    private final long limitNanos;
    private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();

    /** How a connection was when its number of requests last changed, or when it last sent nothing. */
    private record Seen(long requests, long bytes, long nanos) {}

    SlowHeads(Scheduler scheduler, HttpLimits limits) {
        this.scheduler = scheduler;
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limits.headMillis());
    }

    /** Looks from now on, as long as the scheduler runs. */
    void watch() {
        scheduler.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, seen(connection));
    }

    /** Whether what it is for has been reached once and for all; HTTP goes on in a connection of its own. */
    private static boolean isEncrypted(Connection connection) {
        return connection instanceof SslConnection tls
                && !tls.getSSLEngine().getSession().getProtocol().equals(NO_PROTOCOL);
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    private void look() {
        connections.forEach((connection, before) -> {
            Seen now = seen(connection);
            if (isEncrypted(connection)) {
                connections.remove(connection, before);
                return;
            }
            boolean answering = now.requests() > connection.getMessagesOut();
            if (answering || now.requests() != before.requests() || now.bytes() == before.bytes()) {
                connections.replace(connection, before, now);
            } else if (now.nanos() - before.nanos() > limitNanos) {
                connection.getEndPoint().close();
            }
        });
        watch();
    }

    private static Seen seen(Connection connection) {
        return new Seen(connection.getMessagesIn(), connection.getBytesIn(), System.nanoTime());
    }
}
