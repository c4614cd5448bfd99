package xenith.drivers.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import xenith.drivers.libvirt.HostUri;
import xenith.drivers.libvirt.LibvirtConnection;
import xenith.drivers.libvirt.XmlText;
import xenith.drivers.qemu.LocalHypervisor;
import xenith.engine.model.HostId;
import xenith.engine.port.HostEndpoint;

/** A private libvirtd with storage pools. */
final class PoolFixture {
    private static final UUID CLOUD = UUID.randomUUID();

    private static final Pattern SOCKET = Pattern.compile("socket=([^&]+)");

    private final LocalHypervisor local;
    private final HostEndpoint host;

    private PoolFixture(LocalHypervisor local) throws Exception {
        this.local = local;
        this.host = local.endpoint(CLOUD);
    }

    static PoolFixture start() throws Exception {
        return new PoolFixture(LocalHypervisor.start());
    }

    void stop() throws Exception {
        local.stop();
    }

    LocalHypervisor local() {
        return local;
    }

    /** Makes a pool, which is there until libvirtd ends. */
    void pool(String name, Path directory) throws Exception {
        XmlText xml = new XmlText();
        xml.element(
                "pool",
                () -> xml.text("name", name).element("target", () -> xml.text("path", directory.toString())),
                "type",
                "dir");
        try (LibvirtConnection connection = LibvirtConnection.open(HostUri.parse(host.uri()))) {
            connection.change("pool", connect -> connect.storagePoolCreateXML(xml.toString(), 0)
                    .free());
        }
    }

    void removePool(String name) throws Exception {
        try (LibvirtConnection connection = LibvirtConnection.open(HostUri.parse(host.uri()))) {
            connection.change(
                    "pool", connect -> connect.storagePoolLookupByName(name).destroy());
        }
    }

    HostEndpoint host(int number, String pool) {
        return endpoint(number, host.uri() + "&xenith_pool=" + pool);
    }

    /** The host behind another socket. */
    HostEndpoint host(String pool, Path socket) {
        return endpoint(1, SOCKET.matcher(host.uri()).replaceFirst("socket=" + socket) + "&xenith_pool=" + pool);
    }

    Path socket() {
        Matcher matcher = SOCKET.matcher(host.uri());
        return Path.of(matcher.find() ? matcher.group(1) : "");
    }

    private HostEndpoint endpoint(int number, String uri) {
        return new HostEndpoint(new HostId(number), "h" + number, uri, Optional.empty(), CLOUD);
    }

    static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
