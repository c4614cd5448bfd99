package xenith.drivers.libvirt;

import java.util.List;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/** A domain's XML, the same for every hypervisor but for what its {@link DomainDialect} says. */
final class DomainXml {
    private static final int LETTERS = 26;

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
            disk(xml, disks.get(i), i);
        }
        for (Nic nic : spec.nics()) {
            xml.element("interface", () -> nic(xml, nic), "type", "bridge");
        }
        dialect.console(xml, spec);
    }

    private void disk(XmlText xml, Disk disk, int place) {
        if (place >= LETTERS) {
            throw new IllegalArgumentException("more than " + LETTERS + " disks");
        }
        String target = dialect.diskPrefix() + (char) ('a' + place);
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
        xml.empty("mac", "address", nic.mac()).empty("source", "bridge", nic.bridge());
        dialect.nicModel(nic).ifPresent(model -> xml.empty("model", "type", model));
    }
}
