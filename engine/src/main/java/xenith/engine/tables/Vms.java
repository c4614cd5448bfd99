package xenith.engine.tables;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import xenith.engine.lifecycle.HeldCapacity;
import xenith.engine.model.AccountId;
import xenith.engine.model.BootSource;
import xenith.engine.model.Capacity;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.ImageId;
import xenith.engine.model.StateReason;
import xenith.engine.model.UserId;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.store.Index;
import xenith.engine.store.Row;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Table;
import xenith.engine.store.Tally;

/** Virtual machines, the ended ones included until their tombstone is removed. */
public final class Vms {
    public static final Index<UUID, VmId, VirtualMachine> BY_UUID =
            new Index<>("vm by uuid", vm -> Optional.of(vm.uuid()));
    public static final Index<HostId, VmId, VirtualMachine> BY_HOST = new Index<>("vm by host", VirtualMachine::host);
    public static final Index<AccountId, VmId, VirtualMachine> BY_ACCOUNT =
            new Index<>("vm by account", vm -> Optional.of(vm.account()));
    /** Machines that wait for the scheduler. */
    public static final Index<Boolean, VmId, VirtualMachine> WAITING =
            new Index<>("vm waiting for a host", vm -> waits(vm) ? Optional.of(true) : Optional.empty());
    /** Tombstones. */
    public static final Index<Boolean, VmId, VirtualMachine> ENDED =
            new Index<>("vm ended", vm -> vm.ended() ? Optional.of(true) : Optional.empty());

    /** What each host has promised. */
    public static final Tally<HostId, VirtualMachine> HELD =
            new Tally<>("capacity held by host", VirtualMachine::host, HeldCapacity::of);
    /** What each host has promised to machines that are on their way to it. */
    public static final Tally<HostId, VirtualMachine> ARRIVING = new Tally<>(
            "capacity arriving at host", VirtualMachine::target, vm -> vm.spec().capacity());

    public static final Table<VmId, VirtualMachine> TABLE = Table.named("vms", VirtualMachine::id)
            .keyNumber("id", vm -> vm.id().value())
            .text("uuid", vm -> vm.uuid().toString())
            .text("name", VirtualMachine::name)
            .text("account", vm -> vm.account().value())
            .number("owner", vm -> vm.owner().value())
            .text("type_name", vm -> vm.spec().typeName())
            .number("vcpus", vm -> (long) vm.spec().vcpus())
            .number("cpu", vm -> vm.spec().capacity().cpu())
            .number("memory_mib", vm -> vm.spec().capacity().memoryMib())
            .number("disk_mib", vm -> vm.spec().capacity().diskMib())
            .optionalNumber("boot_disk", vm -> vm.spec().boot().disk().map(ImageId::value))
            .optionalNumber("boot_kernel", vm -> vm.spec().boot().kernel().map(ImageId::value))
            .optionalNumber("boot_ramdisk", vm -> vm.spec().boot().ramdisk().map(ImageId::value))
            .text("kernel_arguments", vm -> vm.spec().boot().kernelArguments())
            .text("instance_id", vm -> vm.spec().context().instanceId())
            .text("hostname", vm -> vm.spec().context().hostname())
            .text("user_data", vm -> vm.spec().context().userDataBase64())
            .text("public_keys", vm -> String.join("\n", vm.spec().context().publicKeys()))
            .optionalText("zone", vm -> vm.spec().zone())
            .flag("end_on_shutdown", vm -> vm.spec().endOnShutdown())
            .text("state", vm -> vm.state().name())
            .text("work_in_hand", vm -> vm.work().name())
            .optionalNumber("host", vm -> vm.host().map(HostId::value))
            .optionalNumber("target", vm -> vm.target().map(HostId::value))
            .optionalText("resize_type_name", vm -> vm.resizing().map(VmSize::typeName))
            .optionalNumber("resize_vcpus", vm -> vm.resizing().map(size -> (long) size.vcpus()))
            .optionalNumber("resize_cpu", vm -> vm.resizing().map(VmSize::cpu))
            .optionalNumber("resize_memory_mib", vm -> vm.resizing().map(VmSize::memoryMib))
            .optionalText("started_type_name", vm -> vm.startedSize().map(VmSize::typeName))
            .optionalNumber("started_vcpus", vm -> vm.startedSize().map(size -> (long) size.vcpus()))
            .optionalNumber("started_cpu", vm -> vm.startedSize().map(VmSize::cpu))
            .optionalNumber("started_memory_mib", vm -> vm.startedSize().map(VmSize::memoryMib))
            .text("reason_code", vm -> vm.reason().code().name())
            .text("reason", vm -> vm.reason().message())
            .time("created_millis", VirtualMachine::createdAt)
            .time("since_millis", VirtualMachine::stateSince)
            .optionalTime("first_started_millis", VirtualMachine::firstStartedAt)
            .optionalTime("started_millis", VirtualMachine::startedAt)
            .optionalTime("ended_millis", VirtualMachine::endedAt)
            .index(BY_UUID)
            .index(BY_HOST)
            .index(BY_ACCOUNT)
            .index(WAITING)
            .index(ENDED)
            .tally(HELD)
            .tally(ARRIVING)
            .readBy(Vms::read);

    private Vms() {}

    /** What a host has left to promise. */
    public static Capacity room(Snapshot state, Host host) {
        return host.capacity().minus(state.sum(HELD, host.id())).minus(state.sum(ARRIVING, host.id()));
    }

    public static Stream<VirtualMachine> onHost(Snapshot state, HostId host) {
        return state.by(BY_HOST, TABLE, host);
    }

    public static Optional<VirtualMachine> byUuid(Snapshot state, UUID uuid) {
        return state.by(BY_UUID, TABLE, uuid).findFirst();
    }

    /** Whether the scheduler is to find it a host. */
    public static boolean waits(VirtualMachine vm) {
        return vm.work() == Work.NONE && (vm.state() == VmState.PENDING || vm.state() == VmState.DISPLACED);
    }

    private static VirtualMachine read(Row row) {
        return new VirtualMachine(
                new VmId(row.number("id")),
                UUID.fromString(row.text("uuid")),
                row.text("name"),
                new AccountId(row.text("account")),
                new UserId(row.number("owner")),
                readSpec(row),
                VmState.valueOf(row.text("state")),
                Work.valueOf(row.text("work_in_hand")),
                row.optionalNumber("host").map(HostId::new),
                row.optionalNumber("target").map(HostId::new),
                readSize(row, "resize"),
                readSize(row, "started"),
                new StateReason(StateReason.Cause.valueOf(row.text("reason_code")), row.text("reason")),
                row.time("created_millis"),
                row.time("since_millis"),
                row.optionalTime("first_started_millis"),
                row.optionalTime("started_millis"),
                row.optionalTime("ended_millis"));
    }

    private static Optional<VmSize> readSize(Row row, String which) {
        return row.optionalNumber(which + "_vcpus")
                .map(vcpus -> new VmSize(
                        row.text(which + "_type_name"),
                        vcpus.intValue(),
                        row.number(which + "_cpu"),
                        row.number(which + "_memory_mib")));
    }

    private static VmSpec readSpec(Row row) {
        String keys = row.text("public_keys");
        return new VmSpec(
                row.text("type_name"),
                (int) row.number("vcpus"),
                new Capacity(row.number("cpu"), row.number("memory_mib"), row.number("disk_mib")),
                new BootSource(
                        row.optionalNumber("boot_disk").map(ImageId::new),
                        row.optionalNumber("boot_kernel").map(ImageId::new),
                        row.optionalNumber("boot_ramdisk").map(ImageId::new),
                        row.text("kernel_arguments")),
                new Contextualization(
                        row.text("instance_id"),
                        row.text("hostname"),
                        row.text("user_data"),
                        keys.isEmpty() ? List.of() : List.of(keys.split("\n"))),
                row.optionalText("zone"),
                row.flag("end_on_shutdown"));
    }
}
