package xenith.gateway.ec2.actions;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.MemoryInfo;
import software.amazon.awssdk.services.ec2.model.ProcessorInfo;
import software.amazon.awssdk.services.ec2.model.RootDeviceType;
import software.amazon.awssdk.services.ec2.model.UsageClassType;
import software.amazon.awssdk.services.ec2.model.VCpuInfo;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;
import xenith.engine.model.InstanceType;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** What sizes of instances there are. */
final class InstanceTypeActions {
    private static final Filters<InstanceType> FILTERS = new Filters<InstanceType>()
            .one("instance-type", InstanceType::name)
            .one("vcpu-info.default-vcpus", type -> Integer.toString(type.vcpus()))
            .one("vcpu-info.default-cores", type -> Integer.toString(type.vcpus()))
            .one(
                    "memory-info.size-in-mib",
                    type -> Long.toString(type.capacity().memoryMib()))
            .one("hypervisor", type -> "xen")
            .one("current-generation", type -> "true")
            .one("bare-metal", type -> "false")
            .one("free-tier-eligible", type -> "false")
            .one("hibernation-supported", type -> "false")
            .one("burstable-performance-supported", type -> "false")
            .one("dedicated-hosts-supported", type -> "false")
            .one("auto-recovery-supported", type -> "false")
            .one("instance-storage-supported", type -> "false")
            .one("supported-root-device-type", type -> "ebs")
            .one("supported-usage-class", type -> "on-demand")
            .one("processor-info.supported-architecture", type -> "x86_64")
            .many("supported-virtualization-type", type -> List.of("paravirtual", "hvm"));

    DescribeInstanceTypesResponse describeInstanceTypes(Ec2Call call, DescribeInstanceTypesRequest request) {
        Page.refuseWithIds(request.maxResults(), request.instanceTypesAsStrings(), "InstanceType");
        Predicate<InstanceType> wanted = FILTERS.compile(request.filters());
        requireKnown(request.instanceTypesAsStrings());
        List<InstanceType> sorted = InstanceTypes.ALL.stream()
                .filter(type -> Listed.wants(request.instanceTypesAsStrings(), type.name()))
                .filter(wanted)
                .sorted(Comparator.comparing(InstanceType::name))
                .toList();
        Page<InstanceType> page =
                Page.of(call, request, request.maxResults(), request.nextToken(), sorted, InstanceType::name);
        return DescribeInstanceTypesResponse.builder()
                .instanceTypes(page.items().stream()
                        .map(InstanceTypeActions::described)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static void requireKnown(List<String> names) {
        List<String> unknown = names.stream()
                .filter(name -> InstanceTypes.find(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_INSTANCE_TYPE,
                    "The following supplied instance types do not exist: [%s]"
                            .formatted(Refusals.shown(String.join(", ", unknown))));
        }
    }

    private static InstanceTypeInfo described(InstanceType type) {
        return InstanceTypeInfo.builder()
                .instanceType(type.name())
                .currentGeneration(true)
                .freeTierEligible(false)
                .supportedUsageClasses(UsageClassType.ON_DEMAND)
                .supportedRootDeviceTypes(RootDeviceType.EBS)
                .supportedVirtualizationTypes(VirtualizationType.PARAVIRTUAL, VirtualizationType.HVM)
                .bareMetal(false)
                .hypervisor("xen")
                .processorInfo(ProcessorInfo.builder()
                        .supportedArchitectures(ArchitectureType.X86_64)
                        .build())
                .vCpuInfo(VCpuInfo.builder()
                        .defaultVCpus(type.vcpus())
                        .defaultCores(type.vcpus())
                        .defaultThreadsPerCore(1)
                        .build())
                .memoryInfo(MemoryInfo.builder()
                        .sizeInMiB(type.capacity().memoryMib())
                        .build())
                .instanceStorageSupported(false)
                .hibernationSupported(false)
                .burstablePerformanceSupported(false)
                .dedicatedHostsSupported(false)
                .autoRecoverySupported(false)
                .build();
    }
}
