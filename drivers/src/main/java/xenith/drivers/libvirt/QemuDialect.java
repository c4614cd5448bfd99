package xenith.drivers.libvirt;

import java.util.Locale;
import java.util.Optional;
import org.libvirt.SchedParameter;
import org.libvirt.SchedUlongParameter;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/**
 * QEMU, in hardware or in software: virtio disks and cards, a serial console whose log the host keeps.
 *
 * @param type {@code kvm} or {@code qemu}
 * @param arch the guest's architecture, the host's own
 */
record QemuDialect(String type, String arch, ConsoleLogs logs) implements DomainDialect {
    /** cgroup's bounds for a weight; 100, its default, is one core's. */
    private static final long MIN_SHARE = 2;

    private static final long MAX_SHARE = 10_000;

    /** QEMU's own default grows to several hundred MiB for a guest, and makes its reset take three times as long. */
    private static final String TRANSLATED_CODE_MIB = "64";

    @Override
    public void osType(XmlText xml, DomainSpec spec) {
        xml.text("type", "hvm", "arch", arch, "machine", "pc");
        // What the firmware says, that it found nothing to boot above all, is heard where the guest will speak.
        xml.empty("bios", "useserial", "yes");
    }

    @Override
    public String kernelArguments() {
        return "console=ttyS0";
    }

    @Override
    public void diskBoot(XmlText xml, DomainSpec spec) {
        xml.empty("boot", "dev", "hd");
    }

    @Override
    public void features(XmlText xml, DomainSpec spec) {
        xml.element("features", () -> {
            xml.empty("acpi").empty("apic");
            if (type.equals("qemu")) {
                xml.element("tcg", () -> xml.text("tb-cache", TRANSLATED_CODE_MIB, "unit", "MiB"));
            }
        });
        if (type.equals("kvm")) {
            xml.empty("cpu", "mode", "host-model");
        }
    }

    @Override
    public String diskPrefix() {
        return "vd";
    }

    @Override
    public String diskBus() {
        return "virtio";
    }

    @Override
    public void diskDriver(XmlText xml, Disk disk) {
        xml.empty("driver", "name", "qemu", "type", disk.format().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> nicModel(Nic nic) {
        return Optional.of("virtio");
    }

    @Override
    public void console(XmlText xml, DomainSpec spec) {
        xml.empty("controller", "type", "usb", "model", "none")
                .element(
                        "serial",
                        () -> xml.empty("log", "file", logs.file(spec.uuid()).toString(), "append", "on")
                                .empty("target", "port", "0"),
                        "type",
                        "pty")
                .empty("memballoon", "model", "virtio");
    }

    @Override
    public Optional<SchedParameter> share(long cpu) {
        SchedUlongParameter share = new SchedUlongParameter(Math.max(MIN_SHARE, Math.min(MAX_SHARE, cpu)));
        share.field = "cpu_shares";
        return Optional.of(share);
    }

    @Override
    public boolean namesMissingFiles() {
        return true;
    }

    @Override
    public boolean reservesMemory() {
        return false;
    }

    @Override
    public boolean hearsShutdownOnce() {
        return false;
    }

    @Override
    public boolean leavesGuestsStanding() {
        return false;
    }

    @Override
    public boolean restoresWithXml() {
        return true;
    }
}
