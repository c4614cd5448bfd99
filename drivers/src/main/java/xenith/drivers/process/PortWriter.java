package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Image;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DomainSpec;
import xenith.engine.port.HostEndpoint;

/** The ports' records as JSON. What is empty is left out. */
final class PortWriter {
    private PortWriter() {}

    static ObjectNode params() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode vm(UUID vm) {
        return params().put("vm", vm.toString());
    }

    static ObjectNode host(HostEndpoint host) {
        ObjectNode json = params().put("id", host.host().value())
                .put("name", host.name())
                .put("uri", host.uri())
                .put("cloud", host.cloud().toString());
        put(json, "migrationAddress", host.migrationAddress());
        return json;
    }

    static ObjectNode domain(DomainSpec spec) {
        ObjectNode json = params().put("uuid", spec.uuid().toString())
                .put("name", spec.name())
                .put("cloud", spec.cloud().toString())
                .put("vm", spec.vm())
                .put("operation", spec.operation())
                .put("vcpus", spec.vcpus())
                .put("cpu", spec.cpu())
                .put("memoryMib", spec.memoryMib())
                .put("virtualization", spec.virtualization().name());
        json.set("boot", boot(spec.boot()));
        json.set("nics", list(spec.nics(), PortWriter::nic));
        return json;
    }

    private static ObjectNode boot(BootFiles files) {
        ObjectNode json = params();
        put(json, "kernel", files.kernel());
        put(json, "ramdisk", files.ramdisk());
        json.put("kernelArguments", files.kernelArguments());
        json.set("disks", list(files.disks(), PortWriter::disk));
        return json;
    }

    static ObjectNode disk(BootFiles.Disk disk) {
        return params().put("file", disk.file())
                .put("format", disk.format().name())
                .put("readOnly", disk.readOnly());
    }

    static ObjectNode nic(DomainSpec.Nic nic) {
        return params().put("network", nic.network())
                .put("bridge", nic.bridge())
                .put("mac", nic.mac());
    }

    static ObjectNode plan(BootPlan plan) {
        ObjectNode json = vm(plan.vm());
        plan.disk().ifPresent(image -> json.set("disk", image(image)));
        plan.kernel().ifPresent(image -> json.set("kernel", image(image)));
        plan.ramdisk().ifPresent(image -> json.set("ramdisk", image(image)));
        json.put("kernelArguments", plan.kernelArguments()).put("diskMib", plan.diskMib());
        json.set("context", context(plan.context()));
        json.set("cards", list(plan.cards(), PortWriter::card));
        return json;
    }

    private static ObjectNode context(Contextualization context) {
        ObjectNode json = params().put("instanceId", context.instanceId())
                .put("hostname", context.hostname())
                .put("userData", context.userDataBase64());
        ArrayNode keys = json.putArray("publicKeys");
        context.publicKeys().forEach(keys::add);
        return json;
    }

    private static ObjectNode card(BootPlan.Card card) {
        return params().put("mac", card.mac())
                .put("address", card.address().toString())
                .put("subnet", card.subnet().toString())
                .put("gateway", card.gateway().toString());
    }

    /** Who owns it and what it is called is the cloud's business. */
    static ObjectNode image(Image image) {
        return params().put("id", image.id().value())
                .put("kind", image.kind().name())
                .put("location", image.location())
                .put("format", image.format().name())
                .put("sizeBytes", image.sizeBytes())
                .put("virtualSizeBytes", image.virtualSizeBytes())
                .put("arch", image.arch())
                .put("createdAt", image.createdAt().toString());
    }

    static ObjectNode network(VirtualNetwork network) {
        return params().put("id", network.id().value())
                .put("name", network.name())
                .put("bridge", network.bridge())
                .put("subnet", network.subnet().toString())
                .put("first", network.first().toString())
                .put("last", network.last().toString())
                .put("gateway", network.gateway().toString());
    }

    static ObjectNode lease(AddressLease lease) {
        return params().put("address", lease.address().toString())
                .put("mac", lease.mac())
                .put("vm", lease.vm().value());
    }

    private static <T> ArrayNode list(Collection<T> items, Function<T, ObjectNode> writing) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(item -> list.add(writing.apply(item)));
        return list;
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
    }
}
