package xenith.drivers.libvirt;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.SchedParameter;
import org.libvirt.SchedUintParameter;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec.Nic;

/** Xen's paravirtual guests, which need no hardware support. Their consoles' logs are xenconsoled's. */
record XenDialect(String arch) implements DomainDialect {
    /** The credit scheduler's default weight, here one core's. */
    private static final long ONE_CORE_WEIGHT = 256;

    private static final long MAX_WEIGHT = 65_535;
    /**
     * GRUB as a paravirtual kernel, which reads the disk as the guest: a boot loader that runs in the host would open
     * a file system of the guest's making as root. Where Debian's grub-xen-host has it.
     */
    private static final String PVGRUB = "/usr/lib/grub-xen/grub-x86_64-xen.bin";

    @Override
    public String type() {
        return "xen";
    }

    @Override
    public void osType(XmlText xml) {
        xml.text("type", "linux", "arch", arch, "machine", "xenpv");
    }

    @Override
    public String kernelArguments() {
        return "console=hvc0";
    }

    @Override
    public void diskBoot(XmlText xml) {
        xml.text("kernel", PVGRUB);
    }

    @Override
    public void features(XmlText xml) {
        // A paravirtual guest has no firmware tables to switch on.
    }

    @Override
    public String diskPrefix() {
        return "xvd";
    }

    @Override
    public String diskBus() {
        return "xen";
    }

    @Override
    public void diskDriver(XmlText xml, Disk disk) {
        // A raw file needs no process of its own in dom0.
        String name = disk.format() == DiskFormat.RAW ? "phy" : "qemu";
        xml.empty("driver", "name", name, "type", disk.format().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> nicModel(Nic nic) {
        return Optional.empty();
    }

    @Override
    public void console(XmlText xml, UUID vm) {
        xml.element("console", () -> xml.empty("target", "type", "xen", "port", "0"), "type", "pty");
    }

    @Override
    public Optional<SchedParameter> share(long cpu) {
        SchedUintParameter weight =
                new SchedUintParameter((int) Math.max(1, Math.min(MAX_WEIGHT, cpu * ONE_CORE_WEIGHT / 100)));
        weight.field = "weight";
        return Optional.of(weight);
    }

    @Override
    public boolean namesMissingFiles() {
        return false;
    }

    @Override
    public boolean reservesMemory() {
        return true;
    }

    @Override
    public boolean hearsShutdownOnce() {
        return true;
    }

    @Override
    public boolean leavesGuestsStanding() {
        return true;
    }

    @Override
    public boolean restoresWithXml() {
        // libxl's driver takes none: a restored domain carries the operation that first started it.
        return false;
    }
}
