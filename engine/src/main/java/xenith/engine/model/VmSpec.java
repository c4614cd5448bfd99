package xenith.engine.model;

import java.util.Optional;

/**
 * What was asked for when the virtual machine was created, or since; but for its size, that changes only while it is off.
 *
 * @param typeName the instance type that it was asked for by; empty for none
 * @param zone the availability zone that it must run in; empty for any
 * @param endOnShutdown whether the guest's own shutdown ends the virtual machine instead of leaving it off
 */
public record VmSpec(
        String typeName,
        int vcpus,
        Capacity capacity,
        BootSource boot,
        Contextualization context,
        Optional<String> zone,
        boolean endOnShutdown) {
    public VmSpec {
        Checks.bounded("typeName", typeName, 64);
        Checks.atLeast("vcpus", vcpus, 1);
        Checks.atLeast("capacity memoryMib", capacity.memoryMib(), 1);
    }

    public VmSize size() {
        return new VmSize(typeName, vcpus, capacity.cpu(), capacity.memoryMib());
    }

    /** The same in another size. */
    public VmSpec sized(VmSize size) {
        return new VmSpec(
                size.typeName(), size.vcpus(), size.capacity(capacity.diskMib()), boot, context, zone, endOnShutdown);
    }

    public VmSpec booting(BootSource newBoot) {
        return new VmSpec(typeName, vcpus, capacity, newBoot, context, zone, endOnShutdown);
    }

    public VmSpec told(Contextualization newContext) {
        return new VmSpec(typeName, vcpus, capacity, boot, newContext, zone, endOnShutdown);
    }

    public VmSpec inZone(String only) {
        return new VmSpec(typeName, vcpus, capacity, boot, context, Optional.of(only), endOnShutdown);
    }

    public VmSpec endingOnShutdown(boolean ends) {
        return new VmSpec(typeName, vcpus, capacity, boot, context, zone, ends);
    }
}
