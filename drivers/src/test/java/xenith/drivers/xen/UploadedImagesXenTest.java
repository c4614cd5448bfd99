package xenith.drivers.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;
import xenith.drivers.GuestImages;
import xenith.drivers.libvirt.HostUri;
import xenith.drivers.libvirt.LibvirtConnection;
import xenith.drivers.libvirt.XmlText;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** A Xen host that is given its files through libvirt's connection alone. */
@Tag("xen")
class UploadedImagesXenTest {
    private static final String POOL = "xenith-upload-test";
    private static final String DIRECTORY = "/var/lib/" + POOL;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final UUID vm = UUID.randomUUID();
    private final Semaphore events = new Semaphore(0);
    private XenLab lab;
    private HostEndpoint host;

    @BeforeEach
    void makePool() throws Exception {
        lab = XenLab.open();
        HostEndpoint seen = lab.endpoint(1, UUID.randomUUID());
        host = new HostEndpoint(
                seen.host(), seen.name(), seen.uri() + "&xenith_pool=" + POOL, seen.migrationAddress(), seen.cloud());
        XmlText xml = new XmlText();
        xml.element(
                "pool",
                () -> xml.text("name", POOL).element("target", () -> xml.text("path", DIRECTORY)),
                "type",
                "dir");
        onHost(connection -> connection.change("pool", connect -> {
            StoragePool pool = connect.storagePoolDefineXML(xml.toString(), 0);
            pool.build(0);
            pool.create(0);
            pool.free();
        }));
    }

    @AfterEach
    void removePool() throws Exception {
        if (host == null) {
            return;
        }
        onHost(connection -> connection.change("pool", connect -> {
            StoragePool pool = connect.storagePoolLookupByName(POOL);
            pool.refresh(0);
            for (String name : pool.listVolumes()) {
                StorageVol volume = pool.storageVolLookupByName(name);
                volume.delete(0);
                volume.free();
            }
            pool.destroy();
            pool.delete(0);
            pool.undefine();
            pool.free();
        }));
        lab.close();
    }

    @Test
    void aGuestBootsFromWhatWasUploaded() throws Exception {
        DriverSet drivers = lab.drivers();
        Hypervisor hypervisor = drivers.hypervisor().connect(host, events::release);
        try {
            BootFiles files = new GuestImages(drivers.images(), "mini/").prepare(host, vm, "some words", List.of());
            assertThat(files.disks().get(0).format()).isEqualTo(DiskFormat.RAW);
            assertThat(files.disks()).allMatch(disk -> disk.file().startsWith(DIRECTORY));
            assertThat(Path.of(files.kernel().orElseThrow())).doesNotExist();

            hypervisor.start(GuestImages.domain(host, vm, 1, files, List.of()));

            awaitConsole(hypervisor, "instance-id: " + GuestImages.instanceId(vm), "boot number 1");
            assertThat(drivers.images().present(host)).containsExactly(vm);
        } finally {
            hypervisor.destroy(vm);
            hypervisor.forget(vm);
            hypervisor.close();
            drivers.images().discard(host, vm);
        }
        assertThat(drivers.images().present(host)).isEmpty();
    }

    private void awaitConsole(Hypervisor hypervisor, String... words) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        String said = "";
        while (!List.of(words).stream().allMatch(said::contains)
                && Instant.now().isBefore(end)) {
            said = new String(hypervisor.console(vm, 64 * 1024), StandardCharsets.UTF_8);
            // An event is a reason to look again at once.
            boolean told = events.tryAcquire(2, TimeUnit.SECONDS);
            events.drainPermits();
            assertThat(told && hypervisor.domain(vm).isEmpty()).isFalse();
        }
        assertThat(said).contains(words);
    }

    /** What is done over a connection. */
    @FunctionalInterface
    private interface Use {
        void of(LibvirtConnection connection) throws Exception;
    }

    private void onHost(Use use) throws Exception {
        try (LibvirtConnection connection = LibvirtConnection.open(HostUri.parse(host.uri()))) {
            use.of(connection);
        }
    }
}
