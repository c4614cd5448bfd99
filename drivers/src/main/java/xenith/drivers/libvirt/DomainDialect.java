package xenith.drivers.libvirt;

import java.util.Optional;
import org.libvirt.SchedParameter;
import xenith.engine.port.BootFiles.Disk;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.DomainSpec.Nic;

/** What one hypervisor wants said otherwise in a domain's XML. {@link DomainXml} says the rest. */
interface DomainDialect {
    /** The domain's type attribute. */
    String type();

    /** The {@code os} element's {@code type}, and what there is to say of firmware. */
    void osType(XmlText xml, DomainSpec spec);

    /** Why no domain of that kind can be started on this host; empty when one can. */
    default Optional<String> refusal(DomainSpec spec) {
        return Optional.empty();
    }

    /** The words that every kernel needs here to have a console, before the caller's own. */
    String kernelArguments();

    /** What of the {@code os} element makes a machine boot its first disk. */
    void diskBoot(XmlText xml, DomainSpec spec);

    /** Elements between {@code os} and {@code devices}. */
    void features(XmlText xml, DomainSpec spec);

    /** The letters of a disk's target before its place, as {@code vd}. */
    String diskPrefix();

    /** The bus of disks. */
    String diskBus();

    /** The driver element of a disk. */
    void diskDriver(XmlText xml, Disk disk);

    /** The model of a network card; empty for the only one that there is. */
    Optional<String> nicModel(Nic nic);

    /** The console, and devices that no other element asks for. */
    void console(XmlText xml, DomainSpec spec);

    /** The scheduler's parameter for a domain's share; empty where there is none. */
    Optional<SchedParameter> share(long cpu);

    /** Whether the hypervisor names a file that is missing; otherwise the start would fail without saying why. */
    boolean namesMissingFiles();

    /** Whether a domain's memory is its own from the start, so that a host without as much free cannot take it. */
    boolean reservesMemory();

    /** Whether libvirt forgets to let a guest go on whose memory could not be sent or saved. */
    boolean leavesGuestsStanding();

    /** Whether a guest must be asked to shut down only once: see {@link ShutdownRequests}. */
    boolean hearsShutdownOnce();

    /** Whether libvirt takes changed XML when it restores a domain. */
    boolean restoresWithXml();
}
