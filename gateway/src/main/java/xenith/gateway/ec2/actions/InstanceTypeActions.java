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
            .one("vcpu-info.default-threads-per-core", type -> "1")
            .one("ebs-info.ebs-optimized-support", type -> "unsupported")
            .one("ebs-info.encryption-support", type -> "unsupported")
            .one("ebs-info.nvme-support", type -> "unsupported")
            .one("network-info.efa-supported", type -> "false")
            .one("network-info.ena-support", type -> "unsupported")
            .one("network-info.encryption-in-transit-supported", type -> "false")
            .one("network-info.ipv6-supported", type -> "false")
            .one("network-info.flexible-ena-queues-support", type -> "unsupported")
            .one("nitro-enclaves-support", type -> "unsupported")
            .one("nitro-tpm-support", type -> "unsupported")
            .one("reboot-migration-support", type -> "unsupported")
            .none("ebs-info.attachment-limit-type", "ebs-info.maximum-ebs-attachments")
            .none("ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps")
            .none("ebs-info.ebs-optimized-info.baseline-iops")
            .none("ebs-info.ebs-optimized-info.baseline-throughput-in-mbps")
            .none("ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps")
            .none("ebs-info.ebs-optimized-info.maximum-iops")
            .none("ebs-info.ebs-optimized-info.maximum-throughput-in-mbps")
            .none("instance-storage-info.disk.count", "instance-storage-info.disk.size-in-gb")
            .none("instance-storage-info.disk.type", "instance-storage-info.encryption-support")
            .none("instance-storage-info.nvme-support", "instance-storage-info.total-size-in-gb")
            .none("network-info.bandwidth-weightings", "network-info.efa-info.maximum-efa-interfaces")
            .none("network-info.ipv4-addresses-per-interface", "network-info.ipv6-addresses-per-interface")
            .none("network-info.maximum-network-cards", "network-info.maximum-network-interfaces")
            .none("network-info.network-performance", "nitro-tpm-info.supported-versions")
            .none("processor-info.supported-features", "processor-info.sustained-clock-speed-in-ghz")
            .none("supported-boot-mode", "vcpu-info.valid-cores", "vcpu-info.valid-threads-per-core")
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
