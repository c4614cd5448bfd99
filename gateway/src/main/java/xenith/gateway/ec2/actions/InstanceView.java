package xenith.gateway.ec2.actions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xenith.engine.model.AccountId;
import xenith.engine.model.Host;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.PlacementGroup;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.Virtualization;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.EndProtections;
import xenith.engine.tables.GroupMembers;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.tables.ImageEntry;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.ec2.tables.InstanceEntry;
import xenith.gateway.ec2.tables.Instances;
import xenith.gateway.ec2.tables.TagEntry;
import xenith.gateway.ec2.tables.Tags;

/** An instance as one state of the cloud has it: the machine, what EC2 calls it, and what is found from the two. */
record InstanceView(Snapshot state, InstanceEntry entry, VirtualMachine vm) {
    /** EC2's "about an hour": long enough for a client that waits for the end to see it. */
    private static final Duration SHOWN_AFTER_END = Duration.ofHours(1);

    /** The account's instances that are to be seen, in no order. */
    static Stream<InstanceView> all(Snapshot state, AccountId account, Instant now) {
        return state.by(Instances.BY_ACCOUNT, Instances.TABLE, account)
                .flatMap(entry -> view(state, entry, now).stream());
    }

    /** The instance, if the account has it and it is to be seen. */
    static Optional<InstanceView> find(Snapshot state, AccountId account, String id, Instant now) {
        return state.find(Instances.TABLE, id)
                .filter(entry -> entry.account().equals(account))
                .flatMap(entry -> view(state, entry, now));
    }

    /** What one launch made, in its order; what was forgotten since is left out. */
    static List<InstanceView> ofReservation(Snapshot state, String reservation) {
        return state.by(Instances.BY_RESERVATION, Instances.TABLE, reservation)
                .flatMap(entry ->
                        state.find(Vms.TABLE, entry.vm()).map(vm -> new InstanceView(state, entry, vm)).stream())
                .sorted((one, other) -> Integer.compare(one.entry.launchIndex(), other.entry.launchIndex()))
                .toList();
    }

    private static Optional<InstanceView> view(Snapshot state, InstanceEntry entry, Instant now) {
        return state.find(Vms.TABLE, entry.vm())
                .filter(vm -> vm.endedAt()
                        .map(ended -> ended.plus(SHOWN_AFTER_END).isAfter(now))
                        .orElse(true))
                .map(vm -> new InstanceView(state, entry, vm));
    }

    String id() {
        return entry.id();
    }

    Ec2InstanceState instanceState() {
        return Ec2InstanceState.of(vm);
    }

    /** When it was last started, as EC2 has it; when it was asked for, before. */
    Instant launchTime() {
        return vm.startedAt().orElse(vm.createdAt());
    }

    Optional<String> privateAddress() {
        return Leases.of(state, vm.id())
                .map(lease -> lease.address().toString())
                .findFirst();
    }

    /** Empty while it has no address, as EC2 answers it. */
    String privateDnsName() {
        return privateAddress()
                .map(address -> "ip-" + address.replace('.', '-'))
                .orElse("");
    }

    /** Where it runs or must run; empty while that is open. */
    Optional<String> zone() {
        return vm.host()
                .flatMap(host -> state.find(Hosts.TABLE, host))
                .map(Host::zone)
                .or(() -> vm.spec().zone());
    }

    Optional<String> imageId() {
        return nameOf(vm.spec().boot().disk());
    }

    Optional<String> kernelId() {
        return nameOf(vm.spec().boot().kernel());
    }

    Optional<String> ramdiskId() {
        return nameOf(vm.spec().boot().ramdisk());
    }

    Optional<Image> image() {
        return vm.spec().boot().disk().flatMap(id -> state.find(Images.TABLE, id));
    }

    String rootDeviceName() {
        return vm.spec()
                .boot()
                .disk()
                .flatMap(id -> ImageIds.find(state, id))
                .flatMap(ImageEntry::rootDeviceName)
                .orElse(ImageView.DEFAULT_ROOT_DEVICE);
    }

    String virtualizationType() {
        boolean hasKernel = vm.spec().boot().kernel().isPresent();
        return ImageView.virtualizationType(
                image().map(image -> image.virtualization(hasKernel)).orElse(Virtualization.PARAVIRTUAL));
    }

    String architecture() {
        return image().map(image -> Architecture.ec2Name(image.arch())).orElse("");
    }

    Optional<PlacementGroup> placementGroup() {
        return GroupMembers.groupOf(state, vm.id());
    }

    /** Whether no request may end it. */
    boolean isProtected() {
        return EndProtections.hold(state, vm.id());
    }

    DefaultGroup group() {
        return DefaultGroup.of(entry.account());
    }

    List<TagEntry> tags() {
        return Tags.of(state, entry.account(), entry.id());
    }

    private Optional<String> nameOf(Optional<ImageId> image) {
        return image.flatMap(id -> ImageIds.find(state, id)).map(ImageEntry::id);
    }
}
