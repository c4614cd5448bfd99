package xenith.drivers.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;
import org.libvirt.Stream;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Logs that a Xen host's xenconsoled writes, read as volumes of a storage pool over its directory; the host bounds them.
 * xenconsoled names them by domains' names, which are therefore kept here while a machine may be asked for. Thread-safe.
 *
 * @param names a directory of this machine
 */
record XenConsoles(LibvirtConnection connection, Path names) implements Consoles {
    private static final String POOL = "xenith-console";
    private static final String DIRECTORY = "/var/log/xen/console";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    private static final int CHUNK_BYTES = 64 * 1024;

    /** What is done with a machine's log. */
    @FunctionalInterface
    private interface Use<T> {
        T of(ExtendedConnect connect, StorageVol volume) throws LibvirtException;
    }

    @Override
    public void expect(DomainSpec spec) throws DriverException {
        if (!spec.name().matches(NAME)) {
            throw new DriverException(Failure.REFUSED, "'" + spec.name() + "' cannot name a domain on Xen");
        }
        try {
            Files.writeString(file(spec.uuid()), spec.name(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw failed(spec.uuid(), e);
        }
    }

    @Override
    public byte[] tail(UUID vm, int maxBytes) throws DriverException {
        return withLog("console of domain " + vm, vm, (connect, volume) -> end(connect, volume, maxBytes))
                .orElse(new byte[0]);
    }

    @Override
    public boolean keeps(UUID vm) throws DriverException {
        return withLog("console of domain " + vm, vm, (connect, volume) -> true).isPresent();
    }

    @Override
    public void remove(UUID vm) throws DriverException {
        Optional<Boolean> unused = withLog("removing the console log of domain " + vm, vm, (connect, volume) -> {
            volume.delete(0);
            return true;
        });
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        forget(names, vm);
    }

    /** {@link #forget(UUID)} without a host. */
    static void forget(Path names, UUID vm) throws DriverException {
        try {
            Files.deleteIfExists(file(names, vm));
        } catch (IOException e) {
            throw failed(vm, e);
        }
    }

    /** Empty when there is no log. The pool learns of a file's coming and going when it is refreshed. */
    private <T> Optional<T> withLog(String what, UUID vm, Use<T> use) throws DriverException {
        Optional<String> name = name(vm);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String file = "guest-" + name.get() + ".log";
        return connection.ask(what, connect -> {
            StoragePool pool = pool(connect);
            try {
                try {
                    return Optional.of(use(connect, pool, file, use));
                } catch (LibvirtException e) {
                    if (ErrorTable.connectionIsAtFault(e.getError())) {
                        throw e;
                    }
                }
                pool.refresh(0);
                try {
                    return Optional.of(use(connect, pool, file, use));
                } catch (LibvirtException e) {
                    if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_STORAGE_VOL) {
                        return Optional.empty();
                    }
                    throw e;
                }
            } finally {
                pool.free();
            }
        });
    }

    private static <T> T use(ExtendedConnect connect, StoragePool pool, String file, Use<T> use)
            throws LibvirtException {
        StorageVol volume = pool.storageVolLookupByName(file);
        try {
            return use.of(connect, volume);
        } finally {
            volume.free();
        }
    }

    /** The directory of hosts whose operator has made no pool of it gets a transient one. */
    private static StoragePool pool(ExtendedConnect connect) throws LibvirtException {
        try {
            return connect.storagePoolLookupByName(POOL);
        } catch (LibvirtException e) {
            if (e.getError().getCode() != ErrorNumber.VIR_ERR_NO_STORAGE_POOL) {
                throw e;
            }
        }
        XmlText xml = new XmlText();
        xml.element(
                "pool",
                () -> xml.text("name", POOL).element("target", () -> xml.text("path", DIRECTORY)),
                "type",
                "dir");
        try {
            return connect.storagePoolCreateXML(xml.toString(), 0);
        } catch (LibvirtException e) {
            // Two may have missed it at once; whoever was slower finds it now, or the first reason.
            if (ErrorTable.connectionIsAtFault(e.getError())) {
                throw e;
            }
            return connect.storagePoolLookupByName(POOL);
        }
    }

    private static byte[] end(ExtendedConnect connect, StorageVol volume, int maxBytes) throws LibvirtException {
        long size = volume.getInfo().capacity;
        int wanted = (int) Math.min(maxBytes, size);
        if (wanted == 0) {
            return new byte[0];
        }
        ByteBuffer end = ByteBuffer.allocate(wanted);
        Stream stream = connect.streamNew(0);
        try {
            volume.download(stream, size - wanted, wanted, 0);
            byte[] chunk = new byte[Math.min(CHUNK_BYTES, wanted)];
            for (int got = stream.receive(chunk); got > 0; got = stream.receive(chunk)) {
                end.put(chunk, 0, Math.min(got, end.remaining()));
            }
            stream.finish();
        } finally {
            stream.free();
        }
        return Arrays.copyOf(end.array(), end.position());
    }

    private Optional<String> name(UUID vm) throws DriverException {
        try {
            String name = Files.readString(file(vm), StandardCharsets.US_ASCII);
            return Optional.of(name).filter(known -> known.matches(NAME));
        } catch (NoSuchFileException e) {
            return nameOnHost(vm).filter(known -> known.matches(NAME));
        } catch (IOException e) {
            throw failed(vm, e);
        }
    }

    private Optional<String> nameOnHost(UUID vm) throws DriverException {
        return connection.ask("name of domain " + vm, connect -> {
            Optional<Domain> domain = Domains.find(connect, vm);
            if (domain.isEmpty()) {
                return Optional.empty();
            }
            String name = domain.get().getName();
            domain.get().free();
            return Optional.of(name);
        });
    }

    private Path file(UUID vm) {
        return file(names, vm);
    }

    private static Path file(Path names, UUID vm) {
        return names.resolve(vm + ".name");
    }

    private static DriverException failed(UUID vm, IOException e) {
        return new DriverException(Failure.FAILED, "name of domain " + vm + ": " + e.getMessage(), e);
    }
}
