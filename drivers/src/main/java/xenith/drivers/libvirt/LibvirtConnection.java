package xenith.drivers.libvirt;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.LifecycleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DomainEnd;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * One connection to one libvirt, whose errors are the engine's. Thread-safe; {@link #close} while calls are under way is
 * safe, too: the native side is let go when the last of them has returned.
 */
public final class LibvirtConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConnection.class);
    /** A host that does not answer three probes of five seconds is taken for lost. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_PROBES = 3;

    private final HostUri uri;
    private final ExtendedConnect connect;
    private final Optional<LifecycleListener> lifecycle;
    private final DomainEnds ends = new DomainEnds();
    /** Calls under way, and one for being open. */
    private final AtomicInteger users = new AtomicInteger(1);

    private volatile boolean closed;
    private volatile boolean lost;

    /** What is asked over an open connection. */
    @FunctionalInterface
    public interface Call<T> {
        T on(ExtendedConnect connect) throws LibvirtException, NativeCallException, DriverException;
    }

    /** What is changed over an open connection. */
    @FunctionalInterface
    public interface Change {
        void on(ExtendedConnect connect) throws LibvirtException, NativeCallException, DriverException;
    }

    private LibvirtConnection(HostUri uri, ExtendedConnect connect, Optional<DomainListener> listener) {
        this.uri = uri;
        this.connect = connect;
        this.lifecycle = listener.map(told -> (domain, event) -> {
            hear(domain, event);
            told.somethingChanged();
            return letGo(domain);
        });
    }

    private void hear(Domain domain, DomainEvent event) {
        try {
            ends.heard(UUID.fromString(domain.getUUIDString()), event);
        } catch (LibvirtException e) {
            LOG.debug("domain of an event: {}", e.getMessage());
        }
    }

    /** Each event brings a reference to its domain, and through it to the connection. */
    private static int letGo(Domain domain) {
        try {
            domain.free();
        } catch (LibvirtException e) {
            LOG.debug("domain of an event: {}", e.getMessage());
        }
        return 0;
    }

    /**
     * Opens a connection.
     *
     * @param listener told of what happens to domains, and of the connection's loss
     * @throws DriverException {@code REFUSED} when the URI can never work, {@code UNREACHABLE} otherwise
     */
    static LibvirtConnection open(HostUri uri, DomainListener listener) throws DriverException {
        return open(uri, Optional.of(listener));
    }

    /** {@link #open(HostUri, DomainListener)} for who wants to hear nothing. */
    public static LibvirtConnection open(HostUri uri) throws DriverException {
        return open(uri, Optional.empty());
    }

    private static LibvirtConnection open(HostUri uri, Optional<DomainListener> listener) throws DriverException {
        ExtendedConnect connect;
        try {
            EventLoop.ensure();
            connect = new ExtendedConnect(uri.connectUri());
        } catch (LibvirtException e) {
            throw ErrorTable.connecting(uri.connectUri(), e.getError());
        }
        LibvirtConnection opened = new LibvirtConnection(uri, connect, listener);
        try {
            opened.listen(listener);
            return opened;
        } catch (LibvirtException e) {
            opened.close();
            throw ErrorTable.connecting(uri.connectUri(), e.getError());
        }
    }

    private void listen(Optional<DomainListener> listener) throws LibvirtException {
        if (!uri.inProcess()) {
            connect.setKeepAlive(KEEP_ALIVE_SECONDS, KEEP_ALIVE_PROBES);
            connect.registerCloseListener((connection, reason) -> {
                lost = true;
                listener.ifPresent(DomainListener::somethingChanged);
            });
        }
        if (lifecycle.isPresent()) {
            connect.addLifecycleListener(lifecycle.get());
        }
    }

    /**
     * Asks.
     *
     * @param what for the message of a failure
     * @throws DriverException {@code UNREACHABLE} when the connection is lost or closed
     */
    public <T> T ask(String what, Call<T> call) throws DriverException {
        return call(what, false, call);
    }

    /**
     * Changes something.
     *
     * @throws DriverException {@code UNKNOWN} when the connection was lost on the way
     */
    public void change(String what, Change change) throws DriverException {
        call(what, true, connected -> {
            change.on(connected);
            return null;
        });
    }

    private <T> T call(String what, boolean changes, Call<T> call) throws DriverException {
        enter(what);
        try {
            return call.on(connect);
        } catch (LibvirtException e) {
            throw failure(what, e.getError(), changes, e);
        } catch (NativeCallException e) {
            throw failure(what, e.error(), changes, e);
        } finally {
            leave();
        }
    }

    private DriverException failure(String what, org.libvirt.Error error, boolean changes, Exception cause) {
        if (ErrorTable.connectionIsAtFault(error)) {
            lost = true;
        }
        DriverException failure = ErrorTable.failure(what, error, changes);
        failure.initCause(cause);
        return failure;
    }

    /** Ends against their guests' will that were heard of since the connection was opened. */
    Map<UUID, DomainEnd> ends() {
        return ends.all();
    }

    /** Whether the connection still stands, without asking the host. */
    public boolean alive() {
        return !closed && !lost;
    }

    private void enter(String what) throws DriverException {
        if (!alive() || users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            throw new DriverException(Failure.UNREACHABLE, what + ": the connection to " + uri + " is gone");
        }
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            release();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        leave();
    }

    private void release() {
        try {
            if (lifecycle.isPresent()) {
                connect.removeLifecycleListener(lifecycle.get());
            }
        } catch (LibvirtException e) {
            LOG.debug("listener of {}: {}", uri, e.getMessage());
        }
        try {
            if (!uri.inProcess()) {
                connect.unregisterCloseListener();
            }
            EventLoop.awaitCallbacks();
            connect.close();
        } catch (LibvirtException e) {
            LOG.debug("closing {}: {}", uri, e.getMessage());
        }
    }
}
