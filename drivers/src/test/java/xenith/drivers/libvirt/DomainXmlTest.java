package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Virtualization;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

class DomainXmlTest {
    private static final UUID VM = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final UUID CLOUD = UUID.fromString("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    private static final QemuDialect QEMU = new QemuDialect("qemu", "x86_64", new ConsoleLogs(Path.of("/logs")));

    private static final XenDialect XEN = new XenDialect("x86_64", Set.of("xen", "hvm", "xenpvh"));

    @Test
    void aDomainCarriesItsCloudAndOperation() {
        String xml = new DomainXml(QEMU).of(spec(Optional.of("/k"), "quiet"));

        assertThat(DomainMark.read(xml)).contains(new DomainMark(CLOUD, 17, 42));
        assertThat(xml).contains("<uuid>" + VM + "</uuid>");
    }

    @Test
    void qemuGetsVirtioAndAConsoleWithALog() {
        String xml = new DomainXml(QEMU).of(spec(Optional.of("/k"), "quiet"));

        assertThat(XmlElements.attributes(xml, "target"))
                .contains(Map.of("dev", "vda", "bus", "virtio"), Map.of("dev", "vdb", "bus", "virtio"));
        assertThat(XmlElements.attributes(xml, "driver"))
                .containsExactly(Map.of("name", "qemu", "type", "qcow2"), Map.of("name", "qemu", "type", "raw"));
        assertThat(XmlElements.attributes(xml, "readonly")).hasSize(1);
        assertThat(XmlElements.attributes(xml, "log"))
                .containsExactly(Map.of("file", "/logs/" + VM + ".log", "append", "on"));
        assertThat(xml).contains("<cmdline>console=ttyS0 root=/dev/vda quiet</cmdline>");
        assertThat(XmlElements.attributes(xml, "graphics")).isEmpty();
    }

    @Test
    void aMachineWithoutAKernelBootsItsDisk() {
        String xml = new DomainXml(QEMU).of(spec(Optional.empty(), ""));

        assertThat(XmlElements.attributes(xml, "boot")).containsExactly(Map.of("dev", "hd"));
        assertThat(xml).doesNotContain("cmdline");
    }

    @Test
    void xenGetsAParavirtualGuest() {
        String xml = new DomainXml(XEN).of(spec(Optional.of("/k"), "quiet"));

        assertThat(XmlElements.attributes(xml, "domain")).containsExactly(Map.of("type", "xen"));
        assertThat(XmlElements.attributes(xml, "type")).containsExactly(Map.of("arch", "x86_64", "machine", "xenpv"));
        assertThat(XmlElements.attributes(xml, "target"))
                .contains(Map.of("dev", "xvda", "bus", "xen"), Map.of("type", "xen", "port", "0"));
        assertThat(xml).contains("<cmdline>console=hvc0 root=/dev/xvda quiet</cmdline>");
    }

    @Test
    void aParavirtualGuestWithoutAKernelIsBootedByGrubAndNeverByTheHost() {
        String xml = new DomainXml(XEN).of(spec(Optional.empty(), "quiet"));

        assertThat(xml).contains("<kernel>/usr/lib/grub-xen/grub-x86_64-xen.bin</kernel>");
        assertThat(xml).doesNotContain("bootloader").doesNotContain("cmdline");
    }

    @ParameterizedTest
    @CsvSource({
        "PARAVIRTUAL, true, linux, xenpv, /k",
        "PARAVIRTUAL, false, linux, xenpv, /usr/lib/grub-xen/grub-x86_64-xen.bin",
        "PVH, true, xenpvh, xenpvh, /k",
        "PVH, false, xenpvh, xenpvh, /usr/lib/grub-xen/grub-i386-xen_pvh.bin",
        "HVM, false, hvm, xenfv,"
    })
    void whatXenBootsIsSaidByTheImageAndItsKernel(
            Virtualization kind, boolean hasKernel, String type, String machine, String kernel) {
        String xml = new DomainXml(XEN).of(spec(kind, hasKernel ? Optional.of("/k") : Optional.empty(), ""));

        assertThat(XmlElements.attributes(xml, "type")).containsExactly(Map.of("arch", "x86_64", "machine", machine));
        assertThat(XmlElements.texts(xml, "type")).containsExactly(type);
        assertThat(XmlElements.text(xml, "kernel")).isEqualTo(Optional.ofNullable(kernel));
        assertThat(XmlElements.attributes(xml, "boot")).hasSize(kind == Virtualization.HVM ? 1 : 0);
        assertThat(XmlElements.attributes(xml, "acpi")).hasSize(kind == Virtualization.HVM ? 1 : 0);
    }

    @Test
    void aHostWithoutHardwareVirtualizationRunsParavirtualGuestsOnly() {
        XenDialect old = new XenDialect("x86_64", Set.of("xen"));

        assertThat(old.refusal(spec(Virtualization.PARAVIRTUAL, Optional.empty(), "")))
                .isEmpty();
        assertThat(old.refusal(spec(Virtualization.HVM, Optional.empty(), "")).orElseThrow())
                .contains("HVM", "VT-x or SVM", "[xen]");
        assertThat(old.refusal(spec(Virtualization.PVH, Optional.of("/k"), "")).orElseThrow())
                .contains("PVH");
        for (Virtualization kind : Virtualization.values()) {
            assertThat(XEN.refusal(spec(kind, Optional.empty(), ""))).isEmpty();
        }
    }

    @Test
    void aMachineWithoutADiskHasNoRoot() {
        DomainSpec whole = spec(Optional.of("/k"), "quiet");
        BootFiles seedOnly = new BootFiles(
                Optional.of("/k"), Optional.empty(), "quiet", List.of(new Disk("/i/seed", DiskFormat.RAW, true)));

        String xml = new DomainXml(QEMU)
                .of(new DomainSpec(
                        VM, whole.name(), CLOUD, 17, 42, 1, 100, 64, Virtualization.PARAVIRTUAL, seedOnly, List.of()));

        assertThat(xml).contains("<cmdline>console=ttyS0 quiet</cmdline>");
    }

    @Test
    void devicesAreToldFromOthersByWhatTheyStandIn() {
        String xml = "<d><disk><target dev='xvda'/></disk><interface><a><target dev='vif1.0'/></a></interface>"
                + "<console><target type='xen'/></console><disk><target dev='xvdb'/></disk></d>";

        assertThat(XmlElements.attributesWithin(xml, "disk", "target"))
                .containsExactly(Map.of("dev", "xvda"), Map.of("dev", "xvdb"));
        assertThat(XmlElements.attributesWithin(xml, "interface", "target")).containsExactly(Map.of("dev", "vif1.0"));
    }

    @Test
    void aDisksOwnFileIsNotThatOfWhatItStandsOn() {
        String xml = "<d><disk><source file='clone'/><backingStore><source file='base'/></backingStore>"
                + "<target dev='vda'/></disk><disk><target dev='vdb'/></disk></d>";

        assertThat(XmlElements.children(xml, "disk"))
                .containsExactly(
                        Map.of(
                                "source", Map.of("file", "clone"),
                                "backingStore", Map.of(),
                                "target", Map.of("dev", "vda")),
                        Map.of("target", Map.of("dev", "vdb")));
    }

    @Test
    void whatACallerNamesIsText() {
        String hostile = "x</cmdline><domain/>&lt;\"'";
        String xml = new DomainXml(QEMU).of(spec(Optional.of("/k\"><evil/>"), hostile));

        assertThat(XmlElements.attributes(xml, "domain")).hasSize(1);
        assertThat(XmlElements.attributes(xml, "evil")).isEmpty();
        assertThat(XmlElements.attributes(xml, "seclabel")).hasSize(1);
    }

    @Test
    void metadataOfOthersIsNobodys() {
        assertThat(DomainMark.read("<vm cloud='not a uuid' vm='1' operation='2'/>"))
                .isEmpty();
        assertThat(DomainMark.read("<other/>")).isEmpty();
        assertThat(DomainMark.read("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><vm cloud='&e;'/>"))
                .isEmpty();
    }

    private static DomainSpec spec(Optional<String> kernel, String arguments) {
        return spec(Virtualization.PARAVIRTUAL, kernel, arguments);
    }

    private static DomainSpec spec(Virtualization kind, Optional<String> kernel, String arguments) {
        BootFiles boot = new BootFiles(
                kernel,
                kernel.map(file -> "/initrd"),
                arguments,
                List.of(
                        new Disk("/i/disk0.qcow2", DiskFormat.QCOW2, false),
                        new Disk("/i/seed", DiskFormat.RAW, true)));
        return new DomainSpec(
                VM,
                "xenith-17",
                CLOUD,
                17,
                42,
                1,
                100,
                64,
                kind,
                boot,
                List.of(new Nic("n", "br0", "02:00:0a:00:00:02")));
    }
}
