package xenith.drivers.process;

import java.util.Set;
import java.util.UUID;
import xenith.engine.model.Capacity;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostFacts;
import xenith.engine.port.BootFiles;
import xenith.engine.port.DomainDevices;
import xenith.engine.port.DomainReport;
import xenith.engine.port.DomainState;
import xenith.engine.port.DomainUsage;
import xenith.engine.port.HostReport;
import xenith.engine.port.ImageFacts;

/** The ports' records from JSON. */
final class PortReader {
    private PortReader() {}

    /** For methods whose return says all. */
    static Void nothing(Answer answer) {
        return null;
    }

    static HostReport report(Answer answer) throws MalformedAnswerException {
        Answer facts = answer.member("facts");
        return new HostReport(
                new HostFacts(
                        facts.member("hypervisor").text(),
                        facts.member("version").text(),
                        facts.member("arch").text(),
                        facts.member("store").text(),
                        whole(facts.member("cores"))),
                capacity(answer.member("total")),
                capacity(answer.member("free")));
    }

    private static Capacity capacity(Answer answer) throws MalformedAnswerException {
        return new Capacity(
                large(answer.member("cpu")), large(answer.member("memoryMib")), large(answer.member("diskMib")));
    }

    static DomainReport domain(Answer answer) throws MalformedAnswerException {
        return new DomainReport(
                answer.member("uuid").uuid(),
                answer.member("name").text(),
                answer.member("state").oneOf(DomainState.class),
                answer.member("cloud").optional(Answer::uuid),
                large(answer.member("operation")));
    }

    static DomainUsage usage(Answer answer) throws MalformedAnswerException {
        return new DomainUsage(
                answer.member("vm").uuid(),
                large(answer.member("cpuNanos")),
                large(answer.member("memoryMib")),
                whole(answer.member("vcpus")),
                large(answer.member("diskReadBytes")),
                large(answer.member("diskWrittenBytes")),
                large(answer.member("networkReceivedBytes")),
                large(answer.member("networkSentBytes")));
    }

    static DomainDevices devices(Answer answer) throws MalformedAnswerException {
        return new DomainDevices(texts(answer.member("disks")), texts(answer.member("macs")));
    }

    static ImageFacts facts(Answer answer) throws MalformedAnswerException {
        return new ImageFacts(
                answer.member("format").oneOf(DiskFormat.class),
                large(answer.member("sizeBytes")),
                large(answer.member("virtualSizeBytes")));
    }

    static BootFiles boot(Answer answer) throws MalformedAnswerException {
        return new BootFiles(
                answer.member("kernel").optional(Answer::text),
                answer.member("ramdisk").optional(Answer::text),
                answer.member("kernelArguments").text(),
                answer.member("disks").items(PortReader::disk));
    }

    private static BootFiles.Disk disk(Answer answer) throws MalformedAnswerException {
        return new BootFiles.Disk(
                answer.member("file").text(),
                answer.member("format").oneOf(DiskFormat.class),
                answer.member("readOnly").flag());
    }

    static Set<String> texts(Answer answer) throws MalformedAnswerException {
        return Set.copyOf(answer.items(Answer::text));
    }

    static Set<UUID> uuids(Answer answer) throws MalformedAnswerException {
        return Set.copyOf(answer.items(Answer::uuid));
    }

    private static long large(Answer answer) throws MalformedAnswerException {
        return answer.number(Long.MAX_VALUE);
    }

    private static int whole(Answer answer) throws MalformedAnswerException {
        return (int) answer.number(Integer.MAX_VALUE);
    }
}
