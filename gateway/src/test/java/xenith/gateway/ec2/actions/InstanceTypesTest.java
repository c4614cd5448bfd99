package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import xenith.engine.model.InstanceType;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class InstanceTypesTest {
    private static ActionHarness cloud;

    @BeforeAll
    static void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void aTypeIsDescribedAsItIsRun() {
        InstanceTypeInfo info = types(DescribeInstanceTypesRequest.builder()
                        .instanceTypesWithStrings("m1.small")
                        .build())
                .get(0);
        InstanceType type = InstanceTypes.find("m1.small").orElseThrow();

        assertThat(info.instanceTypeAsString()).isEqualTo("m1.small");
        assertThat(info.vCpuInfo().defaultVCpus()).isEqualTo(type.vcpus());
        assertThat(info.memoryInfo().sizeInMiB()).isEqualTo(type.capacity().memoryMib());
        assertThat(info.hypervisorAsString()).isEqualTo("xen");
    }

    @Test
    void everyTypeIsDescribed() {
        assertThat(types(DescribeInstanceTypesRequest.builder().build()))
                .extracting(InstanceTypeInfo::instanceTypeAsString)
                .containsExactlyInAnyOrderElementsOf(
                        InstanceTypes.ALL.stream().map(InstanceType::name).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "instance-type, m1.*, 4",
        "instance-type, m1.small, 1",
        "vcpu-info.default-vcpus, 8, 1",
        "memory-info.size-in-mib, 4096, 1",
        "bare-metal, true, 0",
        "current-generation, true, 16",
        "processor-info.supported-architecture, x86_64, 16",
        "supported-virtualization-type, hvm, 16"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        assertThat(types(DescribeInstanceTypesRequest.builder()
                        .filters(filter(name, value))
                        .build()))
                .hasSize(count);
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        assertThat(cloud.refusal(
                        cloud.ann,
                        DescribeInstanceTypesRequest.builder()
                                .instanceTypesWithStrings("m1.small", "z9.huge")
                                .build()))
                .hasMessageContaining("z9.huge")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_TYPE);
        assertThat(cloud.code(DescribeInstanceTypesRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void pagesTogetherAreTheWhole() {
        List<String> seen = new ArrayList<>();
        String token = "";
        while (token != null) {
            DescribeInstanceTypesResponse page = cloud.ask(
                    DescribeInstanceTypesResponse.class,
                    DescribeInstanceTypesRequest.builder()
                            .maxResults(5)
                            .nextToken(token)
                            .build());
            assertThat(page.instanceTypes()).hasSizeLessThanOrEqualTo(5);
            page.instanceTypes().forEach(type -> seen.add(type.instanceTypeAsString()));
            token = page.nextToken();
        }

        assertThat(seen).hasSize(InstanceTypes.ALL.size()).doesNotHaveDuplicates();
    }

    @Test
    void aPageHasALeastAndAMostAndGoesNotWithNames() {
        assertThat(cloud.code(
                        DescribeInstanceTypesRequest.builder().maxResults(4).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(
                        DescribeInstanceTypesRequest.builder().maxResults(1001).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(
                        DescribeInstanceTypesRequest.builder().nextToken("abc").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
        assertThat(cloud.code(DescribeInstanceTypesRequest.builder()
                        .maxResults(5)
                        .instanceTypesWithStrings("m1.small")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
    }

    private static List<InstanceTypeInfo> types(DescribeInstanceTypesRequest request) {
        return cloud.ask(DescribeInstanceTypesResponse.class, request).instanceTypes();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
