package xenith.drivers.libvirt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.port.DomainSpec;

/**
 * What a domain of ours carries in its metadata.
 *
 * @param cloud the cloud's UUID
 * @param vm the virtual machine's number
 * @param operation the number of the operation that started it, 0 when it cannot be read
 */
record DomainMark(UUID cloud, long vm, long operation) {
    static final String NAMESPACE = "urn:xenith:domain";
    private static final String ELEMENT = "vm";

    static DomainMark of(DomainSpec spec) {
        return new DomainMark(spec.cloud(), spec.vm(), spec.operation());
    }

    void write(XmlText xml) {
        xml.empty(
                "xenith:" + ELEMENT,
                "xmlns:xenith",
                NAMESPACE,
                "cloud",
                cloud.toString(),
                "vm",
                Long.toString(vm),
                "operation",
                Long.toString(operation));
    }

    /** Reads what libvirt keeps under our namespace; empty when it is nothing that we have written. */
    static Optional<DomainMark> read(String metadata) {
        List<Map<String, String>> found = XmlElements.attributes(metadata, ELEMENT);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> attributes = found.get(0);
        try {
            return Optional.of(new DomainMark(
                    UUID.fromString(attributes.getOrDefault("cloud", "")),
                    number(attributes.get("vm")),
                    number(attributes.get("operation"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
