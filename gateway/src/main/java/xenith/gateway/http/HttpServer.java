package xenith.gateway.http;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty on some addresses and ports. Its own threads only move bytes; see {@link FrontDoor}. */
public final class HttpServer implements AutoCloseable {
    private static final int IO_THREADS = 16;

    private final Server server;
    private final List<ServerConnector> connectors;
    private final Workers workers;
    private final SlowHeads slowHeads;

    /**
     * Wires the server; nothing listens before {@link #start}.
     *
     * @param listeners one or more
     * @param observer hears of every answer
     * @param routes the first that takes a request gets it; the last takes all
     * @param servlets by their path specification, as {@code /xenith/v1/*}
     */
    public HttpServer(
            List<Listener> listeners,
            RequestObserver observer,
            List<Route> routes,
            Map<String, HttpServlet> servlets,
            HttpLimits limits) {
        // Its queue needs no bound of its own: a connection has one task there at a time, and connections are bounded.
        QueuedThreadPool threads = new QueuedThreadPool(IO_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.workers = new Workers(limits);
        this.slowHeads = new SlowHeads(server.getScheduler(), limits);
        this.connectors =
                listeners.stream().map(listener -> connector(listener, limits)).toList();
        connectors.forEach(server::addConnector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        UnservedRequests unserved = new UnservedRequests(routes);
        server.setErrorHandler(unserved);
        server.setRequestLog((request, response) -> observer.answered(
                Optional.ofNullable(request.getHttpURI().getPath()).orElse(""),
                response.getStatus(),
                System.nanoTime() - request.getBeginNanoTime()));
        server.setStopTimeout(limits.stopMillis());
        server.setHandler(new GracefulHandler(new FrontDoor(routes, context(servlets, unserved), workers, limits)));
    }

    private ServerConnector connector(Listener listener, HttpLimits limits) {
        HttpConfiguration configuration = configuration(limits);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        ServerConnector connector = listener.keys()
                .map(keys -> {
                    configuration.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(
                            server, 1, 1, AbstractConnectionFactory.getFactories(keys.context(), http));
                })
                .orElseGet(() -> new ServerConnector(server, 1, 1, http));
        connector.setHost(listener.address().getAddress().getHostAddress());
        connector.setPort(listener.address().getPort());
        connector.setIdleTimeout(limits.idleMillis());
        connector.addBean(slowHeads);
        return connector;
    }

    /** @throws IOException when an address cannot be listened at, as when another process does */
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

    /** How many requests wait for a worker. */
    public int waiting() {
        return workers.waiting();
    }

    /** The ports that it listens at, in the order of its listeners. */
    public List<Integer> ports() {
        return connectors.stream().map(ServerConnector::getLocalPort).toList();
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
