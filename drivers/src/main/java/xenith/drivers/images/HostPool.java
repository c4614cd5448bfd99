package xenith.drivers.images;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StoragePoolInfo.StoragePoolState;
import org.libvirt.StorageVol;
import org.libvirt.Stream;
import xenith.drivers.libvirt.ExtendedConnect;
import xenith.drivers.libvirt.HostUri;
import xenith.drivers.libvirt.LibvirtConnection;
import xenith.drivers.libvirt.XmlElements;
import xenith.drivers.libvirt.XmlText;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;

/** A host's storage pool of type dir, over a connection of its own. Its calls wait for the host. */
final class HostPool implements AutoCloseable {
    static final int CHUNK_BYTES = 256 * 1024;
    private static final long BYTES_PER_MIB = 1024 * 1024;
    /** A pool does not look at its directory while a volume is being made there, which is mostly a short copy. */
    private static final int LOOKS = 240;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final HostEndpoint host;
    private final HostUri uri;
    private final LibvirtConnection connection;

    /**
     * A volume.
     *
     * @param format as the host sees it: raw, qcow2, or another that a guest's bytes look like
     */
    record Volume(String path, long capacityBytes, long allocationBytes, String format) {}

    /** What is asked of the pool. */
    @FunctionalInterface
    private interface Call<T> {
        T on(ExtendedConnect connect, StoragePool pool) throws LibvirtException, DriverException;
    }

    /** What is done with a volume. */
    @FunctionalInterface
    private interface Use<T> {
        T of(ExtendedConnect connect, StorageVol volume) throws LibvirtException, DriverException;
    }

    /** Takes bytes of a volume, the first so many of the array. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length);
    }

    private HostPool(HostEndpoint host, HostUri uri, LibvirtConnection connection) {
        this.host = host;
        this.uri = uri;
        this.connection = connection;
    }

    /** @throws DriverException {@code REFUSED} when the host's URI names no pool */
    static HostPool open(HostEndpoint host) throws DriverException {
        HostUri uri = HostUri.parse(host.uri());
        if (uri.pool().isEmpty()) {
            throw new DriverException(Failure.REFUSED, "host " + host.name() + ": its URI names no storage pool");
        }
        return new HostPool(host, uri, LibvirtConnection.open(uri));
    }

    HostEndpoint host() {
        return host;
    }

    boolean isXen() {
        return uri.driver().equals("xen");
    }

    @Override
    public String toString() {
        return "host " + host.name() + ", pool " + uri.pool().orElseThrow();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Where the pool's files are on the host. */
    String directory() throws DriverException {
        return ask("directory", (connect, pool) -> {
            String xml = pool.getXMLDesc(0);
            if (!"dir".equals(XmlElements.attributes(xml, "pool").get(0).get("type"))) {
                throw new DriverException(Failure.REFUSED, this + " is not of type dir");
            }
            return XmlElements.text(xml, "path")
                    .orElseThrow(() -> new DriverException(Failure.FAILED, this + " has no directory"));
        });
    }

    /**
     * Has the host look at the pool's directory: files that others made are volumes afterwards. Waits while a volume is
     * being made.
     */
    void refresh() throws DriverException {
        for (int look = 1; !refreshUnlessBusy(look == LOOKS); look++) {
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DriverException(Failure.FAILED, this + ": interrupted", e);
            }
        }
    }

    /** {@link #refresh} where what the host knows will do while a volume is being made. */
    void refreshUnlessBusy() throws DriverException {
        refreshUnlessBusy(false);
    }

    /** @return false when it was busy */
    private boolean refreshUnlessBusy(boolean last) throws DriverException {
        return ask("refresh", (connect, pool) -> {
            try {
                pool.refresh(0);
                return true;
            } catch (LibvirtException e) {
                boolean busy = e.getError().getCode() == ErrorNumber.VIR_ERR_INTERNAL_ERROR
                        && e.getMessage().contains("asynchronous jobs");
                if (last || !busy) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** What is free for volumes, as the host last saw it. */
    long availableBytes() throws DriverException {
        return ask("room", (connect, pool) -> pool.getInfo().available);
    }

    /** Names of volumes, as the host last saw them. */
    List<String> names() throws DriverException {
        return ask("volumes", (connect, pool) -> List.of(pool.listVolumes()));
    }

    Optional<Volume> find(String name) throws DriverException {
        return with(name, (connect, volume) -> volume(volume));
    }

    private static Volume volume(StorageVol volume) throws LibvirtException {
        List<Map<String, String>> formats = XmlElements.attributes(volume.getXMLDesc(0), "format");
        String format = formats.isEmpty() ? "raw" : formats.get(0).getOrDefault("type", "raw");
        var info = volume.getInfo();
        return new Volume(volume.getPath(), info.capacity, info.allocation, format);
    }

    /** Makes a volume that takes no room before it is written to. Returns when there is one of that name. */
    void create(String name, long capacityBytes) throws DriverException {
        create(name, xml(name, capacityBytes, DiskFormat.RAW, Optional.empty()), Optional.empty());
    }

    /** Makes a copy-on-write clone of the base. */
    void createOver(String name, long capacityBytes, Volume base, DiskFormat baseFormat) throws DriverException {
        create(
                name,
                xml(name, capacityBytes, DiskFormat.QCOW2, Optional.of(new Backing(base, baseFormat))),
                Optional.empty());
    }

    /** Makes a raw copy of the base volume, in which what is zero takes no room; the host copies. */
    void createFrom(String name, long capacityBytes, String base) throws DriverException {
        create(name, xml(name, capacityBytes, DiskFormat.RAW, Optional.empty()), Optional.of(base));
        Volume made = find(name).orElseThrow(() -> new DriverException(Failure.FAILED, this + ": no volume " + name));
        if (made.capacityBytes() < capacityBytes) {
            with(name, (connect, volume) -> {
                volume.resize(capacityBytes, 0);
                return true;
            });
        }
    }

    private record Backing(Volume base, DiskFormat format) {}

    private static String xml(String name, long capacityBytes, DiskFormat format, Optional<Backing> backing) {
        XmlText xml = new XmlText();
        xml.element("volume", () -> {
            xml.text("name", name)
                    .text("capacity", Long.toString(capacityBytes), "unit", "bytes")
                    .text("allocation", "0", "unit", "bytes")
                    .element("target", () -> xml.empty("format", "type", type(format)));
            backing.ifPresent(base -> xml.element(
                    "backingStore",
                    () -> xml.text("path", base.base().path()).empty("format", "type", type(base.format()))));
        });
        return xml.toString();
    }

    private static String type(DiskFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private void create(String name, String xml, Optional<String> from) throws DriverException {
        ask("making volume " + name, (connect, pool) -> {
            try {
                if (from.isEmpty()) {
                    pool.storageVolCreateXML(xml, 0).free();
                } else {
                    StorageVol base = pool.storageVolLookupByName(from.get());
                    try {
                        pool.storageVolCreateXMLFrom(xml, base, 0).free();
                    } finally {
                        base.free();
                    }
                }
            } catch (LibvirtException e) {
                if (e.getError().getCode() != ErrorNumber.VIR_ERR_STORAGE_VOL_EXIST) {
                    throw e;
                }
            }
            return true;
        });
    }

    /** Returns when there is none. */
    void delete(String name) throws DriverException {
        with(name, (connect, volume) -> {
            volume.delete(0);
            return true;
        });
    }

    /** Writes into a volume; returns when the host has confirmed all of it. */
    void upload(String name, long offsetBytes, byte[] content) throws DriverException {
        Optional<Boolean> there = with(name, (connect, volume) -> {
            Stream stream = connect.streamNew(0);
            boolean done = false;
            try {
                volume.upload(stream, offsetBytes, content.length, 0);
                for (int at = 0; at < content.length; ) {
                    at += stream.send(Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK_BYTES)));
                }
                stream.finish();
                done = true;
                return true;
            } finally {
                release(stream, done);
            }
        });
        if (there.isEmpty()) {
            throw new DriverException(Failure.FAILED, this + ": volume " + name + " was taken away");
        }
    }

    /** Reads a volume from its begin; nothing when there is none. */
    void download(String name, long bytes, Sink sink) throws DriverException {
        with(name, (connect, volume) -> {
            Stream stream = connect.streamNew(0);
            boolean done = false;
            try {
                volume.download(stream, 0, bytes, 0);
                byte[] chunk = new byte[CHUNK_BYTES];
                for (int got = stream.receive(chunk); got > 0; got = stream.receive(chunk)) {
                    sink.take(chunk, got);
                }
                stream.finish();
                done = true;
                return true;
            } finally {
                release(stream, done);
            }
        });
    }

    /** The failure of the call that broke the stream is told, and not this one's. */
    private static void release(Stream stream, boolean done) throws LibvirtException {
        try {
            if (!done) {
                stream.abort();
            }
        } catch (LibvirtException e) {
            // The connection that it belonged to is gone.
        } finally {
            stream.free();
        }
    }

    /** @throws DriverException {@code FAILED}, naming both sizes, when as much is not free */
    void requireRoom(String what, long neededBytes) throws DriverException {
        refreshUnlessBusy();
        long available = availableBytes();
        if (available < neededBytes) {
            throw new DriverException(
                    Failure.FAILED,
                    this + ": no room for " + what + ": it needs " + mib(neededBytes) + " MiB, available are "
                            + available / BYTES_PER_MIB);
        }
    }

    private static long mib(long bytes) {
        return (bytes + BYTES_PER_MIB - 1) / BYTES_PER_MIB;
    }

    /** Empty when there is no such volume. */
    private <T> Optional<T> with(String name, Use<T> use) throws DriverException {
        return ask("volume " + name, (connect, pool) -> {
            StorageVol volume;
            try {
                volume = pool.storageVolLookupByName(name);
            } catch (LibvirtException e) {
                if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_STORAGE_VOL) {
                    return Optional.empty();
                }
                throw e;
            }
            try {
                return Optional.of(use.of(connect, volume));
            } finally {
                volume.free();
            }
        });
    }

    /** All that is done here may be done again, so that a lost answer leaves nothing unknown. */
    private <T> T ask(String what, Call<T> call) throws DriverException {
        return connection.ask(this + ": " + what, connect -> {
            StoragePool pool = lookUp(connect);
            try {
                if (pool.getInfo().state != StoragePoolState.VIR_STORAGE_POOL_RUNNING) {
                    throw new DriverException(Failure.REFUSED, this + " is not active");
                }
                return call.on(connect, pool);
            } finally {
                pool.free();
            }
        });
    }

    private StoragePool lookUp(ExtendedConnect connect) throws LibvirtException, DriverException {
        try {
            return connect.storagePoolLookupByName(uri.pool().orElseThrow());
        } catch (LibvirtException e) {
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_STORAGE_POOL) {
                throw new DriverException(Failure.REFUSED, this + " is not there", e);
            }
            throw e;
        }
    }
}
