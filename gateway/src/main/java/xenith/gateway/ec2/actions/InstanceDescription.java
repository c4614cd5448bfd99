package xenith.gateway.ec2.actions;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Reservation;
import xenith.engine.model.PlacementGroup;
import xenith.gateway.ec2.tables.PlacementGroupIds;

/** Instances as EC2 answers them. What old clients read without a check is always there. */
final class InstanceDescription {
    private InstanceDescription() {}

    /** @param instances of one reservation, at least one */
    static Reservation reservation(List<InstanceView> instances) {
        InstanceView first = instances.get(0);
        return Reservation.builder()
                .reservationId(first.entry().reservation())
                .ownerId(first.entry().account().value())
                .groups(first.group().described())
                .instances(instances.stream().map(InstanceDescription::of).toList())
                .build();
    }

    static Instance of(InstanceView view) {
        return Instance.builder()
                .instanceId(view.id())
                .imageId(view.imageId().orElse(""))
                .state(view.instanceState().described())
                .privateDnsName(view.privateDnsName())
                .publicDnsName("")
                .stateTransitionReason(InstanceReason.transition(view.vm()))
                .stateReason(InstanceReason.of(view.vm())
                        .map(InstanceReason::described)
                        .orElse(null))
                .keyName(view.entry().keyName().orElse(null))
                .amiLaunchIndex(view.entry().launchIndex())
                .productCodes(List.of())
                .instanceType(view.vm().spec().typeName())
                .launchTime(view.launchTime())
                .placement(Placement.builder()
                        .availabilityZone(view.zone().orElse(""))
                        .groupName(
                                view.placementGroup().map(PlacementGroup::name).orElse(""))
                        .groupId(view.placementGroup()
                                .flatMap(group -> PlacementGroupIds.idOf(view.state(), group.id()))
                                .orElse(null))
                        .tenancy("default")
                        .build())
                .kernelId(view.kernelId().orElse(null))
                .ramdiskId(view.ramdiskId().orElse(null))
                .monitoring(MonitoringActions.described(view.entry()))
                .privateIpAddress(view.privateAddress().orElse(null))
                .securityGroups(view.group().described())
                .architecture(view.architecture())
                .rootDeviceType(ImageView.ROOT_DEVICE_TYPE)
                .rootDeviceName(view.rootDeviceName())
                .blockDeviceMappings(List.of())
                .networkInterfaces(List.of())
                .virtualizationType(view.virtualizationType())
                .hypervisor("xen")
                .ebsOptimized(false)
                .clientToken(view.entry().clientToken().orElse(""))
                .tags(TagRules.described(view.tags()))
                .build();
    }
}
