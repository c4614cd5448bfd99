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
                drop(current);
                current = drivers.hypervisor().connect(endpoint, listener);
            }
            return new HostAccess(endpoint, drivers, current);
        } finally {
            connecting.unlock();
        }
    }

    /** What is done over a connection. */
    @FunctionalInterface
    interface Use<T> {
        T of(HostAccess access) throws DriverException;
    }

    /** Does something over the connection. One that turns out to be lost is given up, so that the next use makes a new one. */
    <T> T use(Use<T> use) throws DriverException {
        HostAccess access = access();
        try {
            return use.of(access);
        } catch (DriverException failure) {
            if (failure.failure() == DriverException.Failure.UNREACHABLE) {
                drop(access.hypervisor());
            }
            throw failure;
        }
    }

    /** Others may use a newer one by now, which stays. May hang as any driver call. */
    private void drop(Hypervisor lost) {
        synchronized (this) {
            if (current == lost) {
                current = null;
            }
        }
        if (lost != null) {
            try {
                lost.close();
            } catch (RuntimeException failure) {
                LOG.warn("the connection to {} did not close", endpoint.name(), failure);
            }
        }
    }

    void close() {
        closed = true;
        drop(current);
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
