package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeletePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePlacementGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ModifyIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.MonitorInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UnmonitorInstancesRequest;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.MemberSupport;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.ImageIds;

/**
 * Every EC2 action that Xenith does: its request, which members of it are honoured, and what answers it. Members are
 * named as in Query; one that is set and not named here is refused by name. Immutable.
 */
public final class ActionTable {
    private static final boolean READS = false;
    private static final boolean WRITES = true;

    private final Map<String, ActionEntry> entries = new TreeMap<>();
    private final ActionShapes shapes;

    /** @param region this cloud's, as {@code xenith-1} */
    public ActionTable(ActionShapes shapes, EngineServices engine, Ec2Ids ids, String region, Clock clock) {
        this.shapes = shapes;
        LaunchActions launches = new LaunchActions(engine.machines(), ids, new Leftovers(clock));
        InstanceActions instances = new InstanceActions(engine.consoles(), clock);
        InstanceStatusActions status = new InstanceStatusActions(engine.observations(), clock);
        InstanceAttributeActions attributes = new InstanceAttributeActions(clock);
        MonitoringActions monitoring = new MonitoringActions();
        AccountActions accounts = new AccountActions(ids);
        PowerActions power = new PowerActions(engine.machines());
        ImageActions images = new ImageActions(engine.images());
        ImageAttributeActions imageAttributes = new ImageAttributeActions();
        RegisterImageAction registration =
                new RegisterImageAction(engine.images(), engine.inspection(), new ImageIds(ids), clock);
        KeyPairActions keyPairs = new KeyPairActions(ids);
        ZoneActions zones = new ZoneActions(region);
        InstanceTypeActions types = new InstanceTypeActions();
        TagActions tags = new TagActions();
        PlacementGroupActions groups = new PlacementGroupActions(ids, region);

        row(WRITES, RunInstancesRequest.class, launches::runInstances, ActionTable::membersOfRunInstances);
        row(
                READS,
                DescribeInstancesRequest.class,
                instances::describeInstances,
                supports("InstanceId", "Filter", "MaxResults", "NextToken")
                        .andThen(members -> members.ignores("IncludeManagedResources")));
        row(
                READS,
                DescribeInstanceStatusRequest.class,
                status::describeInstanceStatus,
                supports("InstanceId", "Filter", "MaxResults", "NextToken", "IncludeAllInstances"));
        row(READS, GetConsoleOutputRequest.class, instances::getConsoleOutput, supports("InstanceId", "Latest"));
        row(READS, GetPasswordDataRequest.class, instances::getPasswordData, supports("InstanceId"));
        row(
                READS,
                DescribeInstanceAttributeRequest.class,
                attributes::describeInstanceAttribute,
                supports("InstanceId", "Attribute"));
        row(
                WRITES,
                ModifyInstanceAttributeRequest.class,
                attributes::modifyInstanceAttribute,
                ActionTable::membersOfModifyInstanceAttribute);
        row(
                WRITES,
                ResetInstanceAttributeRequest.class,
                attributes::resetInstanceAttribute,
                supports("InstanceId", "Attribute"));
        row(WRITES, MonitorInstancesRequest.class, monitoring::monitorInstances, supports("InstanceId"));
        row(WRITES, UnmonitorInstancesRequest.class, monitoring::unmonitorInstances, supports("InstanceId"));
        row(
                WRITES,
                StartInstancesRequest.class,
                power::startInstances,
                supports("InstanceId").andThen(members -> members.ignores("AdditionalInfo")));
        row(
                WRITES,
                StopInstancesRequest.class,
                power::stopInstances,
                supports("InstanceId", "Force")
                        .andThen(members -> members.accepts("Hibernate", false).accepts("SkipOsShutdown", false)));
        row(WRITES, RebootInstancesRequest.class, power::rebootInstances, supports("InstanceId"));
        row(
                WRITES,
                TerminateInstancesRequest.class,
                power::terminateInstances,
                supports("InstanceId").andThen(members -> members.ignores("Force", "SkipOsShutdown")));

        row(WRITES, RegisterImageRequest.class, registration::registerImage, ActionTable::membersOfRegisterImage);
        row(
                WRITES,
                DeregisterImageRequest.class,
                images::deregisterImage,
                supports("ImageId").andThen(members -> members.accepts("DeleteAssociatedSnapshots", false)));
        row(
                READS,
                DescribeImagesRequest.class,
                images::describeImages,
                supports("ImageId", "Owner", "ExecutableBy", "Filter", "MaxResults", "NextToken")
                        .andThen(members -> members.ignores("IncludeDeprecated", "IncludeDisabled")));

        row(
                READS,
                DescribeImageAttributeRequest.class,
                imageAttributes::describeImageAttribute,
                supports("ImageId", "Attribute"));
        row(
                WRITES,
                ModifyImageAttributeRequest.class,
                imageAttributes::modifyImageAttribute,
                ActionTable::membersOfModifyImageAttribute);
        row(
                WRITES,
                ResetImageAttributeRequest.class,
                imageAttributes::resetImageAttribute,
                supports("ImageId", "Attribute"));

        row(
                WRITES,
                CreateKeyPairRequest.class,
                keyPairs::createKeyPair,
                supports("KeyName", "KeyType", "TagSpecification")
                        .andThen(members -> members.accepts("KeyFormat", "pem")));
        row(
                WRITES,
                ImportKeyPairRequest.class,
                keyPairs::importKeyPair,
                supports("KeyName", "PublicKeyMaterial", "TagSpecification"));
        row(
                READS,
                DescribeKeyPairsRequest.class,
                keyPairs::describeKeyPairs,
                supports("KeyName", "KeyPairId", "Filter", "IncludePublicKey"));
        row(WRITES, DeleteKeyPairRequest.class, keyPairs::deleteKeyPair, supports("KeyName", "KeyPairId"));

        row(
                READS,
                DescribeRegionsRequest.class,
                zones::describeRegions,
                supports("RegionName", "Filter", "AllRegions"));
        row(
                READS,
                DescribeAvailabilityZonesRequest.class,
                zones::describeAvailabilityZones,
                supports("ZoneName", "ZoneId", "Filter", "AllAvailabilityZones"));
        row(
                READS,
                DescribeInstanceTypesRequest.class,
                types::describeInstanceTypes,
                supports("InstanceType", "Filter", "MaxResults", "NextToken")
                        .andThen(members -> members.ignores("IncludeUnsupportedInRegion")));

        row(
                READS,
                DescribeAccountAttributesRequest.class,
                accounts::describeAccountAttributes,
                supports("AttributeName"));
        row(READS, DescribeIdFormatRequest.class, accounts::describeIdFormat, supports("Resource"));
        row(WRITES, ModifyIdFormatRequest.class, accounts::modifyIdFormat, supports("Resource", "UseLongIds"));

        row(
                WRITES,
                CreatePlacementGroupRequest.class,
                groups::createPlacementGroup,
                supports("GroupName", "Strategy", "TagSpecification")
                        .andThen(members -> members.accepts("SpreadLevel", "host")));
        row(WRITES, DeletePlacementGroupRequest.class, groups::deletePlacementGroup, supports("GroupName"));
        row(
                READS,
                DescribePlacementGroupsRequest.class,
                groups::describePlacementGroups,
                supports("GroupName", "GroupId", "Filter"));

        row(WRITES, CreateTagsRequest.class, tags::createTags, supports("ResourceId", "Tag"));
        row(WRITES, DeleteTagsRequest.class, tags::deleteTags, supports("ResourceId", "Tag"));
        row(READS, DescribeTagsRequest.class, tags::describeTags, supports("Filter", "MaxResults", "NextToken"));
    }

    private static void membersOfRunInstances(MemberSupport.Builder members) {
        members.supports("ImageId", "MinCount", "MaxCount", "InstanceType", "KernelId", "RamdiskId", "KeyName")
                .supports(
                        "UserData",
                        "Placement.AvailabilityZone",
                        "Placement.GroupName",
                        "Placement.GroupId",
                        "InstanceInitiatedShutdownBehavior",
                        "ClientToken")
                .supports("SecurityGroup", "SecurityGroupId", "TagSpecification", "DisableApiTermination", "Monitoring")
                .ignores("AdditionalInfo")
                .accepts("Placement.Tenancy", "default")
                .accepts("DisableApiStop", false)
                .accepts("EbsOptimized", false)
                .accepts("HibernationOptions.Configured", false)
                .supports("BlockDeviceMapping.DeviceName", "BlockDeviceMapping.VirtualName")
                .supports("BlockDeviceMapping.NoDevice", "BlockDeviceMapping.Ebs.VolumeSize")
                .supports("BlockDeviceMapping.Ebs.VolumeType", "BlockDeviceMapping.Ebs.SnapshotId")
                .supports("BlockDeviceMapping.Ebs.DeleteOnTermination")
                .accepts("BlockDeviceMapping.Ebs.Encrypted", false)
                .accepts("NetworkInterface", List.of());
    }

    private static void membersOfModifyInstanceAttribute(MemberSupport.Builder members) {
        members.supports("InstanceId", "Attribute", "Value", "InstanceType", "Kernel", "Ramdisk", "UserData")
                .supports("DisableApiTermination", "InstanceInitiatedShutdownBehavior", "SourceDestCheck", "GroupId")
                .supports("EbsOptimized", "SriovNetSupport", "EnaSupport", "DisableApiStop")
                .supports("BlockDeviceMapping.DeviceName", "BlockDeviceMapping.Ebs.DeleteOnTermination");
    }

    private static void membersOfModifyImageAttribute(MemberSupport.Builder members) {
        members.supports("ImageId", "Attribute", "OperationType", "Value", "UserId", "UserGroup", "ProductCode")
                .supports("Description", "LaunchPermission.Add.UserId", "LaunchPermission.Add.Group")
                .supports("LaunchPermission.Remove.UserId", "LaunchPermission.Remove.Group");
    }

    private static void membersOfRegisterImage(MemberSupport.Builder members) {
        members.supports("ImageLocation", "Name", "Description", "Architecture", "KernelId", "RamdiskId")
                .supports("RootDeviceName", "VirtualizationType", "TagSpecification")
                .accepts("EnaSupport", false)
                .accepts("BlockDeviceMapping", List.of());
    }

    public Optional<ActionEntry> find(String action) {
        return Optional.ofNullable(entries.get(action));
    }

    public Set<String> names() {
        return Set.copyOf(entries.keySet());
    }

    private <I extends Ec2Request, O extends Ec2Response> void row(
            boolean writes, Class<I> request, Ec2Action<I, O> action, Consumer<MemberSupport.Builder> members) {
        ActionEntry entry = ActionEntry.of(shapes, request, writes, members, action);
        entries.put(entry.name(), entry);
    }

    private static Consumer<MemberSupport.Builder> supports(String... names) {
        return members -> members.supports(names);
    }
}
