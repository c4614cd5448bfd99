package xenith.drivers.libvirt;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainDevices;
import xenith.engine.port.DomainSpec.Nic;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/**
 * Plugs disks and cards into running domains, and pulls them. What is there, libvirt's own description of the domain
 * says: a disk is known by its file, a card by its address.
 */
final class DevicePlugs {
    /** virDomainDeviceModifyFlags: the running domain. Ours have no other. */
    private static final int LIVE = 1;
    /** How long a guest may take to let go of a device; QEMU asks it, and libvirt returns before it has answered. */
    private static final Duration LET_GO = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(200);

    private final DomainDialect dialect;
    private final DomainXml xml;

    DevicePlugs(DomainDialect dialect) {
        this.dialect = dialect;
        this.xml = new DomainXml(dialect);
    }

    static DomainDevices devices(Domain domain) throws LibvirtException {
        String description = domain.getXMLDesc(0);
        Set<String> files = new HashSet<>();
        for (Map<String, Map<String, String>> disk : XmlElements.children(description, "disk")) {
            file(disk).ifPresent(files::add);
        }
        Set<String> macs = new HashSet<>();
        for (Map<String, Map<String, String>> card : XmlElements.children(description, "interface")) {
            macs.add(mac(card));
        }
        return new DomainDevices(files, macs);
    }

    void attach(Domain domain, Disk disk) throws LibvirtException, DriverException {
        List<Map<String, Map<String, String>>> disks = XmlElements.children(domain.getXMLDesc(0), "disk");
        if (disks.stream().noneMatch(is(disk))) {
            domain.attachDeviceFlags(xml.disk(disk, freeTarget(disks)), LIVE);
        }
    }

    void detach(Domain domain, Disk disk) throws LibvirtException, DriverException {
        Optional<String> target = XmlElements.children(domain.getXMLDesc(0), "disk").stream()
                .filter(is(disk))
                .map(there -> there.getOrDefault("target", Map.of()).getOrDefault("dev", ""))
                .findFirst();
        if (target.isPresent()) {
            domain.detachDeviceFlags(xml.disk(disk, target.get()), LIVE);
            awaitGone(domain, "disk " + disk.file(), devices -> devices.disks().contains(disk.file()));
        }
    }

    void attach(Domain domain, Nic nic) throws LibvirtException {
        if (!devices(domain).macs().contains(lowerCase(nic.mac()))) {
            domain.attachDeviceFlags(xml.nic(nic), LIVE);
        }
    }

    void detach(Domain domain, Nic nic) throws LibvirtException, DriverException {
        String mac = lowerCase(nic.mac());
        if (devices(domain).macs().contains(mac)) {
            domain.detachDeviceFlags(xml.nic(nic), LIVE);
            awaitGone(domain, "card " + mac, devices -> devices.macs().contains(mac));
        }
    }

    private static void awaitGone(Domain domain, String what, Predicate<DomainDevices> isThere)
            throws LibvirtException, DriverException {
        long end = System.nanoTime() + LET_GO.toNanos();
        while (isThere.test(devices(domain))) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                throw new DriverException(
                        Failure.FAILED,
                        "detach: the guest of domain " + domain.getName() + " has not let go of " + what + " within "
                                + LET_GO.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private String freeTarget(List<Map<String, Map<String, String>>> disks) throws DriverException {
        Set<String> taken = new HashSet<>();
        disks.forEach(disk -> taken.add(disk.getOrDefault("target", Map.of()).getOrDefault("dev", "")));
        for (int place = 0; place < DomainXml.MAX_DISKS; place++) {
            String target = xml.target(place);
            if (!taken.contains(target)) {
                return target;
            }
        }
        throw new DriverException(
                Failure.REFUSED,
                "attach: a domain has at most " + DomainXml.MAX_DISKS + " disks, " + dialect.diskPrefix() + "a to "
                        + dialect.diskPrefix() + "z");
    }

    private static Predicate<Map<String, Map<String, String>>> is(Disk disk) {
        return there -> file(there).equals(Optional.of(disk.file()));
    }

    private static Optional<String> file(Map<String, Map<String, String>> disk) {
        return Optional.ofNullable(disk.getOrDefault("source", Map.of()).get("file"));
    }

    private static String mac(Map<String, Map<String, String>> card) {
        return lowerCase(card.getOrDefault("mac", Map.of()).getOrDefault("address", ""));
    }

    private static String lowerCase(String mac) {
        return mac.toLowerCase(Locale.ROOT);
    }
}
