package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import xenith.engine.model.PlacementGroup;

/** The filters of DescribeInstances. */
final class InstanceFilters {
    /** EC2's filters on what no instance here has. */
    private static final String[] NOT_HERE = {
        "ip-address",
        "ipv6-address",
        "subnet-id",
        "vpc-id",
        "platform",
        "product-code",
        "product-code.type",
        "instance-lifecycle",
        "spot-instance-request-id",
        "requester-id",
        "iam-instance-profile.arn",
        "iam-instance-profile.id",
        "source-dest-check",
        "affinity",
        "host-id",
        "outpost-arn",
        "boot-mode",
        "current-instance-boot-mode",
        "tpm-support",
        "placement-partition-number",
        "block-device-mapping.device-name",
        "block-device-mapping.status",
        "block-device-mapping.volume-id",
        "block-device-mapping.attach-time",
        "block-device-mapping.delete-on-termination",
        "capacity-reservation-id",
        "capacity-reservation-specification.capacity-reservation-preference",
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn",
        "maintenance-options.auto-recovery",
        "metadata-options.http-endpoint",
        "metadata-options.http-protocol-ipv4",
        "metadata-options.http-protocol-ipv6",
        "metadata-options.http-put-response-hop-limit",
        "metadata-options.http-tokens",
        "metadata-options.instance-metadata-tags",
        "metadata-options.state",
        "network-performance-options.bandwidth-weighting",
        "operator.principal",
        "private-dns-name-options.enable-resource-name-dns-a-record",
        "private-dns-name-options.enable-resource-name-dns-aaaa-record",
        "private-dns-name-options.hostname-type",
        "usage-operation-update-time"
    };

    /** Instances here have an address and no cards of their own names. */
    private static final String[] OF_CARDS = {
        "addresses.association.allocation-id",
        "addresses.association.association-id",
        "addresses.association.carrier-ip",
        "addresses.association.customer-owned-ip",
        "addresses.association.ip-owner-id",
        "addresses.association.public-dns-name",
        "addresses.association.public-ip",
        "addresses.primary",
        "addresses.private-dns-name",
        "addresses.private-ip-address",
        "association.allocation-id",
        "association.association-id",
        "association.carrier-ip",
        "association.customer-owned-ip",
        "association.ip-owner-id",
        "association.public-dns-name",
        "association.public-ip",
        "attachment.attach-time",
        "attachment.attachment-id",
        "attachment.delete-on-termination",
        "attachment.device-index",
        "attachment.instance-id",
        "attachment.instance-owner-id",
        "attachment.network-card-index",
        "attachment.status",
        "availability-zone",
        "deny-all-igw-traffic",
        "description",
        "group-id",
        "group-name",
        "ipv4-prefixes.ipv4-prefix",
        "ipv6-address",
        "ipv6-addresses.ipv6-address",
        "ipv6-addresses.is-primary-ipv6",
        "ipv6-native",
        "ipv6-prefixes.ipv6-prefix",
        "mac-address",
        "network-interface-id",
        "operator.managed",
        "operator.principal",
        "outpost-arn",
        "owner-id",
        "private-dns-name",
        "private-ip-address",
        "public-dns-name",
        "requester-id",
        "requester-managed",
        "source-dest-check",
        "status",
        "subnet-id",
        "tag-key",
        "tag-value",
        "vpc-id"
    };

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
            .many("availability-zone-id", optional(InstanceView::zone))
            .one("ebs-optimized", view -> "false")
            .one("ena-support", view -> "false")
            .one("enclave-options.enabled", view -> "false")
            .one("hibernation-options.configured", view -> "false")
            .one("operator.managed", view -> "false")
            .one("platform-details", view -> "Linux/UNIX")
            .one("usage-operation", view -> "RunInstances")
            .none(NOT_HERE)
            .none(Stream.of(OF_CARDS).map("network-interface."::concat).toArray(String[]::new));

    private InstanceFilters() {}

    private static Function<InstanceView, List<String>> optional(Function<InstanceView, Optional<String>> value) {
        return value.andThen(Optional::stream).andThen(stream -> stream.toList());
    }
}
