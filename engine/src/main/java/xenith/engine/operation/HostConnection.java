package xenith.engine.operation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/**
 * The connection to one host, made when it is first needed and again after it was lost. Thread-safe; to be used on
 * driver threads only, since connecting may hang.
 */
final class HostConnection {
    private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);

    /** A second caller does not wait for long while a first one connects: it may hang, and one hung thread is enough. */
    private static final long MAX_WAIT_FOR_OTHER_MILLIS = 2_000;

    private final HostEndpoint endpoint;
    private final DriverSet drivers;
    private final DomainListener listener;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile Hypervisor current;
    private volatile boolean closed;

    HostConnection(HostEndpoint endpoint, DriverSet drivers, DomainListener listener) {
        this.endpoint = endpoint;
        this.drivers = drivers;
        this.listener = listener;
    }

    HostAccess access() throws DriverException {
        Hypervisor known = current;
        if (known != null && known.alive()) {
            return new HostAccess(endpoint, drivers, known);
        }
        lock();
        try {
            if (closed) {
                throw new DriverException(DriverException.Failure.UNREACHABLE, endpoint.name() + " was removed");
            }
            if (current == null || !current.alive()) {
                drop();
                current = drivers.hypervisor().connect(endpoint, listener);
            }
            return new HostAccess(endpoint, drivers, current);
        } finally {
            connecting.unlock();
        }
    }

    /** Gives the connection up, so that the next use makes a new one. May hang as any driver call. */
    void drop() {
        Hypervisor old = current;
        current = null;
        if (old != null) {
            try {
                old.close();
            } catch (RuntimeException failure) {
                LOG.warn("the connection to {} did not close", endpoint.name(), failure);
            }
        }
    }

    void close() {
        closed = true;
        drop();
    }

    private void lock() throws DriverException {
        try {
            if (!connecting.tryLock(MAX_WAIT_FOR_OTHER_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DriverException(
                        DriverException.Failure.UNREACHABLE, endpoint.name() + " is still being connected");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DriverException(DriverException.Failure.UNREACHABLE, "the engine is stopping", interrupted);
        }
    }
}
