package xenith.drivers.libvirt;

import java.util.List;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/** A domain's XML, the same for every hypervisor but for what its {@link DomainDialect} says. */
final class DomainXml {
    /** As many as there are letters for their names. */
    static final int MAX_DISKS = 26;

    private final DomainDialect dialect;

    DomainXml(DomainDialect dialect) {
        this.dialect = dialect;
    }

    String of(DomainSpec spec) {
        XmlText xml = new XmlText();
        xml.element("domain", () -> domain(xml, spec), "type", dialect.type());
        return xml.toString();
    }

    private void domain(XmlText xml, DomainSpec spec) {
        String memoryMib = Long.toString(spec.memoryMib());
        xml.text("name", spec.name())
                .text("uuid", spec.uuid().toString())
                .element("metadata", () -> DomainMark.of(spec).write(xml))
                .text("memory", memoryMib, "unit", "MiB")
                .text("currentMemory", memoryMib, "unit", "MiB")
                .text("vcpu", Integer.toString(spec.vcpus()))
                .element("os", () -> os(xml, spec));
        dialect.features(xml, spec);
        xml.text("on_poweroff", "destroy")
                .text("on_reboot", "restart")
                .text("on_crash", "destroy")
                .element("devices", () -> devices(xml, spec))
                .empty("seclabel", "type", "none");
    }

    private void os(XmlText xml, DomainSpec spec) {
        dialect.osType(xml, spec);
        if (spec.boot().kernel().isPresent()) {
            xml.text("kernel", spec.boot().kernel().get());
            spec.boot().ramdisk().ifPresent(file -> xml.text("initrd", file));
            xml.text("cmdline", commandLine(spec));
        } else {
            dialect.diskBoot(xml, spec);
        }
    }

    /** Of a word that is there twice, kernels take the last: the caller's. */
    private String commandLine(DomainSpec spec) {
        List<Disk> disks = spec.boot().disks();
        boolean hasRoot = !disks.isEmpty() && !disks.get(0).readOnly();
        String root = hasRoot ? "root=/dev/" + dialect.diskPrefix() + "a" : "";
        return String.join(" ", dialect.kernelArguments(), root, spec.boot().kernelArguments())
                .strip()
                .replaceAll(" {2,}", " ");
    }

    private void devices(XmlText xml, DomainSpec spec) {
        List<Disk> disks = spec.boot().disks();
        for (int i = 0; i < disks.size(); i++) {
            disk(xml, disks.get(i), target(i));
        }
        for (Nic nic : spec.nics()) {
            nic(xml, nic);
        }
        dialect.console(xml, spec);
    }

    /** A disk by itself, as it is plugged into a domain that runs. */
    String disk(Disk disk, String target) {
        XmlText xml = new XmlText();
        disk(xml, disk, target);
        return xml.toString();
    }

    /** A card by itself. */
    String nic(Nic nic) {
        XmlText xml = new XmlText();
        nic(xml, nic);
        return xml.toString();
    }

    /** What the disk at that place is called in the guest. */
    String target(int place) {
        if (place >= MAX_DISKS) {
            throw new IllegalArgumentException("more than " + MAX_DISKS + " disks");
        }
        return dialect.diskPrefix() + (char) ('a' + place);
    }

    private void disk(XmlText xml, Disk disk, String target) {
        xml.element(
                "disk",
                () -> {
                    dialect.diskDriver(xml, disk);
                    xml.empty("source", "file", disk.file());
                    xml.empty("target", "dev", target, "bus", dialect.diskBus());
                    if (disk.readOnly()) {
                        xml.empty("readonly");
                    }
                },
                "type",
                "file",
                "device",
                "disk");
    }

    private void nic(XmlText xml, Nic nic) {
        xml.element(
                "interface",
                () -> {
                    xml.empty("mac", "address", nic.mac()).empty("source", "bridge", nic.bridge());
                    dialect.nicModel(nic).ifPresent(model -> xml.empty("model", "type", model));
                },
                "type",
                "bridge");
    }
}
