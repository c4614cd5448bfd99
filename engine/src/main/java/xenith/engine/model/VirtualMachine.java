package xenith.engine.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What runs. EC2 calls it instance, Nimbus workspace, libvirt domain.
 *
 * @param uuid also the domain's
 * @param state changed by the lifecycle table only
 * @param work changed by the lifecycle table only
 * @param host where it is, or will be once its work is done; where it was last when it has {@link #released} its host;
 *     empty when it has had none
 * @param target where it is being moved to; empty when it is not
 * @param resizing what size it is being given; empty when it keeps its own
 * @param startedSize what its domain was started with, and can have at most until it is started anew; empty before
 * @param reason why it is in its state
 * @param stateSince when state or work last changed
 * @param firstStartedAt when it began to run for the first time; empty before
 * @param startedAt when it last began to run; empty before
 * @param endedAt when it ended; empty before
 */
public record VirtualMachine(
        VmId id,
        UUID uuid,
        String name,
        AccountId account,
        UserId owner,
        VmSpec spec,
        VmState state,
        Work work,
        Optional<HostId> host,
        Optional<HostId> target,
        Optional<VmSize> resizing,
        Optional<VmSize> startedSize,
        StateReason reason,
        Instant createdAt,
        Instant stateSince,
        Optional<Instant> firstStartedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {
    public VirtualMachine {
        Checks.text("vm name", name, 128);
    }

    public boolean ended() {
        return state == VmState.ENDED;
    }

    /** Whether it holds nothing of any host, though its disks are in the store. */
    public boolean released() {
        return work == Work.NONE && (state == VmState.SAVED || state == VmState.DISPLACED);
    }

    /** The same machine on its way to that host. */
    public VirtualMachine withTarget(Optional<HostId> newTarget) {
        return with(spec, host, newTarget, resizing, reason);
    }

    /** The same machine on its way to that size. */
    public VirtualMachine withResizing(VmSize newSize) {
        return with(spec, host, target, Optional.of(newSize), reason);
    }

    public VirtualMachine withHost(Optional<HostId> newHost) {
        return with(spec, newHost, target, resizing, reason);
    }

    public VirtualMachine withReason(StateReason newReason) {
        return with(spec, host, target, resizing, newReason);
    }

    /** The same machine, to be started as that says. */
    public VirtualMachine withSpec(VmSpec newSpec) {
        return with(newSpec, host, target, resizing, reason);
    }

    private VirtualMachine with(
            VmSpec newSpec,
            Optional<HostId> newHost,
            Optional<HostId> newTarget,
            Optional<VmSize> newResizing,
            StateReason newReason) {
        return new VirtualMachine(
                id,
                uuid,
                name,
                account,
                owner,
                newSpec,
                state,
                work,
                newHost,
                newTarget,
                newResizing,
                startedSize,
                newReason,
                createdAt,
                stateSince,
                firstStartedAt,
                startedAt,
                endedAt);
    }
}
