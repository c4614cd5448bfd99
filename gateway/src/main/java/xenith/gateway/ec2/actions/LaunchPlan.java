package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import xenith.engine.model.AccountId;
import xenith.engine.model.BootSource;
import xenith.engine.model.Capacity;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.InstanceType;
import xenith.engine.model.PlacementGroupId;
import xenith.engine.store.Snapshot;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.KeyPairEntry;
import xenith.gateway.ec2.tables.KeyPairs;

/**
 * What a RunInstances request comes to in one state of the cloud, once all of it is found right.
 *
 * @param capacity of each instance: its type's, with room for the whole of its image, or the disk that is asked for
 * @param zone where they must run; empty for anywhere
 * @param group the placement group that they are in; empty for none
 */
record LaunchPlan(
        InstanceType type,
        Capacity capacity,
        BootSource boot,
        Optional<KeyPairEntry> keyPair,
        Optional<String> zone,
        Optional<PlacementGroupId> group,
        boolean endOnShutdown,
        List<Tag> tags) {
    private static final long BYTES_PER_MIB = 1024 * 1024;

    /** @throws Ec2Error naming what is not right */
    static LaunchPlan of(Snapshot state, AccountId account, RunInstancesRequest request) {
        DefaultGroup.of(account).requireOnly(request.securityGroups(), request.securityGroupIds());
        List<Tag> tags = TagRules.forNew("instance", request.tagSpecifications());
        InstanceType type = type(request.instanceTypeAsString());
        ImageView image = available(ImageView.require(state, account, request.imageId(), ImageKind.MACHINE));
        return new LaunchPlan(
                type,
                capacity(type, image, request),
                boot(state, account, request, image),
                keyPair(state, account, request.keyName()),
                zone(state, request.placement()),
                group(state, account, request.placement()),
                endsOnShutdown(request.instanceInitiatedShutdownBehaviorAsString()),
                tags);
    }

    private static InstanceType type(String name) {
        String asked = name == null ? InstanceTypes.DEFAULT : name;
        return InstanceTypes.find(asked)
                .orElseThrow(() -> Refusals.invalidValue(
                        "InstanceType", asked, "DescribeInstanceTypes lists the instance types there are"));
    }

    static ImageView available(ImageView image) {
        if (image.image().state() != ImageState.AVAILABLE) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_AMI_ID_UNAVAILABLE,
                    "The image id '%s' cannot be booted: it is %s %s"
                            .formatted(
                                    image.id(),
                                    ImageActions.stateName(image.image().state()),
                                    image.image().reason()));
        }
        return image;
    }

    private static BootSource boot(Snapshot state, AccountId account, RunInstancesRequest request, ImageView image) {
        Optional<ImageId> kernel = part(state, account, request.kernelId(), ImageKind.KERNEL);
        Optional<ImageId> ramdisk = part(state, account, request.ramdiskId(), ImageKind.RAMDISK);
        Optional<ImageId> booted = kernel.or(() -> image.image().kernel());
        if (ramdisk.isPresent() && booted.isEmpty()) {
            throw Refusals.combination("The parameter RamdiskId needs a kernel, and neither the request nor the image '"
                    + image.id() + "' has one");
        }
        // A ramdisk's modules fit its own kernel only, so the image's goes with the image's kernel.
        Optional<ImageId> own = kernel.isEmpty() ? image.image().ramdisk() : Optional.empty();
        return new BootSource(Optional.of(image.image().id()), booted, ramdisk.or(() -> own), "");
    }

    private static Optional<ImageId> part(Snapshot state, AccountId account, String id, ImageKind kind) {
        return Optional.ofNullable(id)
                .map(named -> available(ImageView.require(state, account, named, kind)))
                .map(view -> view.image().id());
    }

    private static Optional<KeyPairEntry> keyPair(Snapshot state, AccountId account, String name) {
        return Optional.ofNullable(name).map(named -> state.find(KeyPairs.TABLE, new KeyPairEntry.Key(account, named))
                .orElseThrow(() -> KeyPairActions.notFound("key pair", List.of(named))));
    }

    /** A cloud of one zone says at once where its instances are; among several the scheduler may choose. */
    private static Optional<String> zone(Snapshot state, Placement placement) {
        Zones zones = Zones.of(state);
        String asked = placement == null ? null : placement.availabilityZone();
        if (asked == null || asked.isEmpty()) {
            return zones.names().size() == 1 ? zones.names().stream().findFirst() : Optional.empty();
        }
        if (!zones.names().contains(asked)) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_ZONE_NOT_FOUND,
                    "The zone '%s' does not exist".formatted(Refusals.shown(asked)));
        }
        return Optional.of(asked);
    }

    private static Optional<PlacementGroupId> group(Snapshot state, AccountId account, Placement placement) {
        boolean named = placement != null && isSet(placement.groupName());
        boolean numbered = placement != null && isSet(placement.groupId());
        if (named && numbered) {
            throw Refusals.combination(
                    "The parameters Placement.GroupName and Placement.GroupId cannot be used together");
        }
        if (!named && !numbered) {
            return Optional.empty();
        }
        PlacementGroupView view = named
                ? PlacementGroupView.requireNamed(state, account, placement.groupName())
                : PlacementGroupView.requireWithId(state, account, placement.groupId());
        return Optional.of(view.group().id());
    }

    /** Old clients send empty elements for what they do not mean. */
    private static boolean isSet(String text) {
        return text != null && !text.isEmpty();
    }

    /** @throws Ec2Error InvalidParameterValue */
    static boolean endsOnShutdown(String behavior) {
        return switch (behavior == null ? "stop" : behavior) {
            case "stop" -> false;
            case "terminate" -> true;
            default ->
                throw Refusals.invalidValue(
                        "InstanceInitiatedShutdownBehavior", behavior, "Expecting stop or terminate");
        };
    }

    private static Capacity capacity(InstanceType type, ImageView image, RunInstancesRequest request) {
        long imageMib = (image.image().virtualSizeBytes() + BYTES_PER_MIB - 1) / BYTES_PER_MIB;
        long diskMib = BlockDevices.rootMib(image, request.blockDeviceMappings())
                .orElse(Math.max(type.capacity().diskMib(), imageMib));
        return new Capacity(type.capacity().cpu(), type.capacity().memoryMib(), diskMib);
    }
}
