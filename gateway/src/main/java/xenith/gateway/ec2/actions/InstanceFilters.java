package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xenith.engine.model.PlacementGroup;

/** The filters of DescribeInstances. */
final class InstanceFilters {
    static final Filters<InstanceView> ALL = new Filters<InstanceView>()
            .one("instance-id", InstanceView::id)
            .one("instance-state-name", view -> view.instanceState().wireName())
            .one(
                    "instance-state-code",
                    view -> Integer.toString(view.instanceState().code()))
            .one("instance-type", view -> view.vm().spec().typeName())
            .one("instance.group-id", view -> view.group().id())
            .one("instance.group-name", view -> DefaultGroup.NAME)
            .one("group-id", view -> view.group().id())
            .one("group-name", view -> DefaultGroup.NAME)
            .one("reservation-id", view -> view.entry().reservation())
            .one("owner-id", view -> view.entry().account().value())
            .one("launch-index", view -> Integer.toString(view.entry().launchIndex()))
            .one("launch-time", view -> Timestamps.text(view.launchTime()))
            .one("private-dns-name", InstanceView::privateDnsName)
            .one("dns-name", view -> "")
            .one("reason", view -> InstanceReason.transition(view.vm()))
            .one("architecture", InstanceView::architecture)
            .one("root-device-type", view -> ImageView.ROOT_DEVICE_TYPE)
            .one("root-device-name", InstanceView::rootDeviceName)
            .one("virtualization-type", InstanceView::virtualizationType)
            .one("hypervisor", view -> "xen")
            .one("monitoring-state", view -> MonitoringActions.stateName(view.entry()))
            .one("tenancy", view -> "default")
            .many("placement-group-name", optional(view -> view.placementGroup().map(PlacementGroup::name)))
            .many("image-id", optional(InstanceView::imageId))
            .many("kernel-id", optional(InstanceView::kernelId))
            .many("ramdisk-id", optional(InstanceView::ramdiskId))
            .many("key-name", optional(view -> view.entry().keyName()))
            .many("client-token", optional(view -> view.entry().clientToken()))
            .many("availability-zone", optional(InstanceView::zone))
            .many("private-ip-address", optional(InstanceView::privateAddress))
            .many("state-reason-code", optional(view -> InstanceReason.of(view.vm())
                    .map(InstanceReason::code)))
            .many("state-reason-message", optional(view -> InstanceReason.of(view.vm())
                    .map(reason -> reason.described().message())))
            .tags(InstanceView::tags)
            .none("ip-address", "subnet-id", "vpc-id", "platform", "product-code", "product-code.type")
            .none("instance-lifecycle", "spot-instance-request-id", "requester-id")
            .none("iam-instance-profile.arn", "source-dest-check", "affinity", "host-id", "outpost-arn")
            .none("block-device-mapping.device-name", "block-device-mapping.status")
            .none("block-device-mapping.volume-id", "block-device-mapping.attach-time")
            .none("block-device-mapping.delete-on-termination", "network-interface.network-interface-id")
            .none("network-interface.subnet-id", "network-interface.vpc-id", "network-interface.group-id");

    private InstanceFilters() {}

    private static Function<InstanceView, List<String>> optional(Function<InstanceView, Optional<String>> value) {
        return value.andThen(Optional::stream).andThen(stream -> stream.toList());
    }
}
