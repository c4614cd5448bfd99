package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class QueryReaderTest {

    @Test
    void protocolParametersAreNotTheActions() {
        var request = (DescribeInstancesRequest) Codec.query(
                "DescribeInstances",
                "Version",
                "2006-06-26",
                "AWSAccessKeyId",
                "AK",
                "SignatureVersion",
                "2",
                "Timestamp",
                "2026-01-31T20:32:24Z",
                "X-Amz-Signature",
                "00",
                "InstanceId.1",
                "i-1");
        assertThat(request)
                .isEqualTo(DescribeInstancesRequest.builder().instanceIds("i-1").build());
    }

    @Test
    void sparseAndOddlyWrittenIndexesAreSortedAsNumbers() {
        var request = (DescribeInstancesRequest)
                Codec.query("DescribeInstances", "InstanceId.21", "c", "InstanceId.01", "a", "InstanceId.11", "b");
        assertThat(request.instanceIds()).containsExactly("a", "b", "c");
    }

    @Test
    void nestedMembersReachTheirPlaces() {
        var request = (RunInstancesRequest) Codec.query(
                "RunInstances",
                "MinCount",
                "1",
                "MaxCount",
                "2",
                "Placement.AvailabilityZone",
                "zone-a",
                "Monitoring.Enabled",
                "TRUE",
                "BlockDeviceMapping.2.Ebs.VolumeSize",
                "8",
                "BlockDeviceMapping.2.DeviceName",
                "/dev/sda1",
                "TagSpecification.1.ResourceType",
                "instance",
                "TagSpecification.1.Tag.1.Key",
                "k");
        assertThat(request.maxCount()).isEqualTo(2);
        assertThat(request.placement().availabilityZone()).isEqualTo("zone-a");
        assertThat(request.monitoring().enabled()).isTrue();
        assertThat(request.blockDeviceMappings().get(0).ebs().volumeSize()).isEqualTo(8);
        assertThat(request.tagSpecifications().get(0).tags().get(0).key()).isEqualTo("k");
    }

    @Test
    void anOnlyValueMayCarryAnIndexAndAnOnlyElementMayLackOne() {
        var one = (GetConsoleOutputRequest) Codec.query("GetConsoleOutput", "InstanceId.1", "i-1");
        var many = (DescribeInstancesRequest) Codec.query("DescribeInstances", "InstanceId", "i-1");
        assertThat(one.instanceId()).isEqualTo("i-1");
        assertThat(many.instanceIds()).containsExactly("i-1");
    }

    @Test
    void oldNamesReachTheModelsMembers() {
        var request = (RunInstancesRequest) Codec.query("RunInstances", "GroupName.1", "web", "SecurityGroup.2", "db");
        assertThat(request.securityGroups()).containsExactly("web", "db");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T20:32:24Z, 2026-01-31T20:32:24Z",
        "2026-01-31T20:32:24.875Z, 2026-01-31T20:32:24.875Z",
        "2026-01-31T20:32:24.8, 2026-01-31T20:32:24.8Z",
        "2026-01-31T20:32:24, 2026-01-31T20:32:24Z",
        "2026-01-31T22:32:24+02:00, 2026-01-31T20:32:24Z"
    })
    void timesMayLackFractionAndZone(String text, Instant expected) {
        var request = (DescribeSpotPriceHistoryRequest) Codec.query("DescribeSpotPriceHistory", "StartTime", text);
        assertThat(request.startTime()).isEqualTo(expected);
    }

    @Test
    void bytesAreBase64() {
        var request = (ImportKeyPairRequest)
                Codec.query("ImportKeyPair", "KeyName", "me", "PublicKeyMaterial", "c3NoLXJzYSBB\r\nQUFB");
        assertThat(request.publicKeyMaterial().asString(StandardCharsets.UTF_8)).isEqualTo("ssh-rsa AAAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nonsense",
                "InstanceId.x",
                "InstanceId.-1",
                "InstanceId.1.2",
                "InstanceId.",
                "InstanceId.1234567890",
                "Filter.Name",
                "Filter.1.Nonsense",
                "instanceId.1",
                ""
            })
    void whatTheModelLacksIsUnknown(String name) {
        assertThat(refusal("DescribeInstances", name, "x").code()).isEqualTo(Ec2ErrorCode.UNKNOWN_PARAMETER);
    }

    @ParameterizedTest
    @CsvSource({
        "RunInstances, MinCount, one",
        "RunInstances, MinCount, 99999999999",
        "RunInstances, MinCount, ''",
        "RunInstances, Monitoring.Enabled, yes",
        "RunInstances, Placement, zone-a",
        "RunInstances, BlockDeviceMapping.1, x",
        "ImportKeyPair, PublicKeyMaterial, '*'",
        "ImportKeyPair, PublicKeyMaterial, 'QQ=Q'",
        "DescribeSpotPriceHistory, StartTime, yesterday",
        "DescribeSpotPriceHistory, StartTime, 2026-02-30T20:00:00Z",
        "DescribeSpotPriceHistory, StartTime, 2026-01-31T20:32:24.Z",
        "CreateReservedInstancesListing, PriceSchedules.1.Price, 1e999",
        "CreateReservedInstancesListing, PriceSchedules.1.Price, NaN"
    })
    void aMalformedValueIsRefusedNamingItsParameter(String action, String name, String value) {
        Ec2Error refusal = refusal(action, name, value);
        assertThat(refusal.code()).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refusal).hasMessageContaining(name);
    }

    /** Answers are XML, so what came as anything else could not be shown, and not be asked for again. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0001b", "\ufffe", "\uffff", "\ud800", "\udc00\ud800", "\u001b[2J"})
    void whatXmlCannotCarryIsRefusedNamingItsParameter(String value) {
        Ec2Error refusal = refusal("CreateTags", "Tag.1.Value", value);
        assertThat(refusal.code()).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refusal).hasMessageContaining("Tag.1.Value");
    }

    @Test
    void whatXmlCarriesIsTakenAsItCame() {
        String value = " tab\t line\r\n \u00fc \ud7ff \ue000 \ufffd \ud83d\ude00 ";
        var request = (CreateTagsRequest) Codec.query("CreateTags", "Tag.1.Value", value);
        assertThat(request.tags().get(0).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeInstances, NextToken, NextToken",
        "DescribeInstances, InstanceId.1, InstanceId.01",
        "DescribeInstances, InstanceId, InstanceId.1",
        "DescribeInstances, InstanceId.1, InstanceId",
        "GetConsoleOutput, InstanceId, InstanceId.1"
    })
    void aDoubledParameterIsRefused(String action, String first, String second) {
        Ec2Error refusal = refusal(action, first, "x", second, "x");
        assertThat(refusal.code()).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refusal).hasMessageContaining(first.replaceAll("\\..*", ""));
    }

    @Test
    void listsAndParametersAreBounded() {
        String[] many = new String[2 * (RequestNode.MAX_LIST_ELEMENTS + 1)];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "InstanceId." + i;
            many[i + 1] = "i-1";
        }
        assertThat(refusal("DescribeInstances", many)).hasMessageContaining("1000");
        var tooMany = Collections.nCopies(QueryReader.MAX_PARAMETERS + 1, new Parameter("A", ""));
        assertThat(catchThrowableOfType(
                        Ec2Error.class, () -> new QueryReader().read(Codec.shape("DescribeInstances"), tooMany)))
                .hasMessageContaining("10000");
    }

    @Test
    void unknownAndUnreadableActionsCanBeTold() {
        assertThat(Codec.SHAPES.find("RunInstances")).isPresent();
        assertThat(Codec.SHAPES.find("DescribeLicenses")).isEmpty();
        assertThat(Codec.SHAPES.isKnown("DescribeLicenses")).isTrue();
        for (String unknown :
                new String[] {"", "Ec2", "runInstances", "Filter", "../x", "LaunchTemplateCpuOptions", "EnableVolumeIo"
                }) {
            assertThat(Codec.SHAPES.isKnown(unknown)).as(unknown).isFalse();
        }
    }

    private static Ec2Error refusal(String action, String... namesAndValues) {
        return catchThrowableOfType(Ec2Error.class, () -> Codec.query(action, namesAndValues));
    }
}
