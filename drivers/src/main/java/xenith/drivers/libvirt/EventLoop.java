package xenith.drivers.libvirt;

import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt.VirErrorCallback;
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

    /** Initialised once, when it is first asked for. */
    private static final class Started {
        static final Started INSTANCE = new Started();
        private final LibvirtException failure;

        private Started() {
            LibvirtException thrown = null;
            try {
                Library.initEventLoop();
                Connect.setErrorCallback(SILENT);
                Thread thread = new Thread(Started::run, "libvirt-events");
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
