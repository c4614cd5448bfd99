package xenith.drivers.libvirt;

import java.util.Locale;
import java.util.Optional;
import org.libvirt.SchedParameter;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/** libvirt's test driver, whose domains run no guest and write no console. */
record TestDialect() implements DomainDialect {
    @Override
    public String type() {
        return "test";
    }

    @Override
    public void osType(XmlText xml, DomainSpec spec) {
        xml.text("type", "hvm");
    }

    @Override
    public String kernelArguments() {
        return "";
    }

    @Override
    public void diskBoot(XmlText xml, DomainSpec spec) {
        xml.empty("boot", "dev", "hd");
    }

    @Override
    public void features(XmlText xml, DomainSpec spec) {
        // It has none.
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
        return Optional.empty();
    }

    @Override
    public void console(XmlText xml, DomainSpec spec) {
        xml.empty("console", "type", "pty");
    }

    @Override
    public Optional<SchedParameter> share(long cpu) {
        return Optional.empty();
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
        return false;
    }
}
