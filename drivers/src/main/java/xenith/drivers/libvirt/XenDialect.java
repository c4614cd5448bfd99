package xenith.drivers.libvirt;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.libvirt.SchedParameter;
import org.libvirt.SchedUintParameter;
import xenith.engine.model.DiskFormat;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/**
 * Xen's guests; which kinds there are, {@link XenKind} says. Their consoles' logs are xenconsoled's, whatever kind they
 * are of: a guest with firmware is heard once its kernel speaks on hvc0.
 *
 * @param osTypes the {@code os_type} of each kind of guest that the host can run
 */
record XenDialect(String arch, Set<String> osTypes) implements DomainDialect {
    /** The credit scheduler's default weight, here one core's. */
    private static final long ONE_CORE_WEIGHT = 256;

    private static final long MAX_WEIGHT = 65_535;
    /** What capabilities call the type that domains call linux. */
    private static final String PARAVIRTUAL = "xen";

    XenDialect {
        osTypes = Set.copyOf(osTypes);
    }

    @Override
    public String type() {
        return "xen";
    }

    @Override
    public void osType(XmlText xml, DomainSpec spec) {
        XenKind kind = XenKind.of(spec);
        xml.text("type", kind.osType(), "arch", arch, "machine", kind.machine());
    }

    @Override
    public Optional<String> refusal(DomainSpec spec) {
        XenKind kind = XenKind.of(spec);
        boolean runs = osTypes.contains(kind == XenKind.PV ? PARAVIRTUAL : kind.osType());
        return runs
                ? Optional.empty()
                : Optional.of("it runs no " + kind + " guests, for which its processor needs VT-x or SVM, switched on; "
                        + "it has " + osTypes.stream().sorted().toList());
    }

    @Override
    public String kernelArguments() {
        return "console=hvc0";
    }

    @Override
    public void diskBoot(XmlText xml, DomainSpec spec) {
        XenKind.of(spec)
                .loader()
                .ifPresentOrElse(loader -> xml.text("kernel", loader), () -> xml.empty("boot", "dev", "hd"));
    }

    @Override
    public void features(XmlText xml, DomainSpec spec) {
        // The others have no firmware tables to switch on.
        if (XenKind.of(spec) == XenKind.HVM) {
            xml.element("features", () -> xml.empty("acpi").empty("apic").empty("pae"));
        }
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
    public void console(XmlText xml, DomainSpec spec) {
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
