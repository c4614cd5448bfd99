package xenith.gateway.http;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty on one address and port. Its own threads only move bytes; see {@link FrontDoor}. */
public final class HttpServer implements AutoCloseable {
    private static final int IO_THREADS = 16;

    private final Server server;
    private final ServerConnector connector;
    private final Workers workers;
    private final SlowHeads slowHeads;

    /**
     * Wires the server; nothing listens before {@link #start}.
     *
     * @param address port 0 for any that is free
     * @param routes the first that takes a request gets it; the last takes all
     * @param servlets by their path specification, as {@code /xenith/v1/*}
     */
    public HttpServer(
            InetSocketAddress address, List<Route> routes, Map<String, HttpServlet> servlets, HttpLimits limits) {
        // Its queue needs no bound of its own: a connection has one task there at a time, and connections are bounded.
        QueuedThreadPool threads = new QueuedThreadPool(IO_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.workers = new Workers(limits);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
        this.slowHeads = new SlowHeads(server.getScheduler(), limits);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(limits.idleMillis());
        connector.addBean(slowHeads);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        UnservedRequests unserved = new UnservedRequests(routes);
        server.setErrorHandler(unserved);
        server.setStopTimeout(limits.stopMillis());
        server.setHandler(new GracefulHandler(new FrontDoor(routes, context(servlets, unserved), workers, limits)));
    }

    /** @throws IOException when the address cannot be listened at, as when another process does */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException refused) {
            throw refused;
        } catch (Exception defect) {
            throw new IllegalStateException("the HTTP server cannot start", defect);
        }
        slowHeads.watch();
    }

    /** The port that it listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more requests, and lets those that came be answered, for a bounded time. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception defect) {
            throw new IllegalStateException("the HTTP server cannot stop", defect);
        } finally {
            workers.close();
        }
    }

    private static HttpConfiguration configuration(HttpLimits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(limits.headerBytes());
        // Signatures cover header values as they were written.
        configuration.setHeaderCacheCaseSensitive(true);
        configuration.setNotifyRemoteAsyncErrors(false);
        return configuration;
    }

    private static ServletContextHandler context(Map<String, HttpServlet> servlets, UnservedRequests unserved) {
        ServletContextHandler context = new ServletContextHandler("/", false, false);
        context.setErrorHandler(unserved);
        servlets.forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        return context;
    }
}
