package xenith.drivers.libvirt;

import com.sun.jna.Pointer;
import java.util.concurrent.TimeUnit;
import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.Libvirt.VirErrorCallback;
import org.libvirt.jna.Libvirt.VirEventTimeoutCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libvirt's event loop, of which a process has one: it carries events and keep-alive probes, and must stand before the
 * first connection is opened. libvirt's own printing of errors is switched off with it.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    /** The native side holds only the address, so this must not be collected. */
    private static final VirErrorCallback SILENT = (data, error) -> {};

    private EventLoop() {}

    /** Starts the loop unless it runs. */
    static void ensure() throws LibvirtException {
        Started.INSTANCE.check();
    }

    /**
     * Returns when every callback that was under way has ended, or after a second: what they use may then be taken
     * away.
     */
    static void awaitCallbacks() {
        Started.INSTANCE.awaitRound();
    }

    /** Initialised once, when it is first asked for. */
    private static final class Started {
        static final Started INSTANCE = new Started();
        private static final long ROUND_MILLIS = 1_000;
        private static final int NEVER = -1;
        private static final int AT_ONCE = 0;

        private final LibvirtException failure;
        /** Runs between other callbacks, never beside one. Held here for the native side. */
        private final VirEventTimeoutCallback betweenCallbacks = this::countRound;

        private int timer = NEVER;
        private Thread thread;
        private long rounds;

        private Started() {
            LibvirtException thrown = null;
            try {
                Library.initEventLoop();
                Connect.setErrorCallback(SILENT);
                timer = Libvirt.INSTANCE.virEventAddTimeout(NEVER, betweenCallbacks, null, null);
                thread = new Thread(Started::run, "libvirt-events");
                thread.setDaemon(true);
                thread.start();
            } catch (LibvirtException e) {
                thrown = e;
            }
            failure = thrown;
        }

        void check() throws LibvirtException {
            if (failure != null) {
                throw failure;
            }
        }

        /** Switched off before it is counted, so that whoever has seen the old count may switch it on again. */
        private void countRound(int fired, Pointer data) {
            Libvirt.INSTANCE.virEventUpdateTimeout(fired, NEVER);
            synchronized (this) {
                rounds++;
                notifyAll();
            }
        }

        void awaitRound() {
            if (Thread.currentThread() == thread) {
                return;
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
            synchronized (this) {
                long before = rounds;
                Libvirt.INSTANCE.virEventUpdateTimeout(timer, AT_ONCE);
                try {
                    while (rounds == before && System.nanoTime() < end) {
                        wait(ROUND_MILLIS);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static void run() {
            while (true) {
                try {
                    Library.processEvent();
                } catch (LibvirtException e) {
                    LOG.warn("libvirt's event loop: {}", e.getMessage());
                }
            }
        }
    }
}
