package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

class SoapReaderTest {

    @Test
    void runInstancesIsWhatQueryWouldSay() {
        Ec2Request request = read("RunInstances", """
                <imageId>ami-1</imageId><minCount>1</minCount><maxCount>3</maxCount><keyName>me</keyName>
                <groupSet><item><groupId>sg-1</groupId></item><item><groupName>web</groupName></item></groupSet>
                <userData version="1.0" encoding="base64">
                  <data>aGVsbG8=</data>
                </userData>
                <instanceType>m1.small</instanceType>
                <placement><availabilityZone>zone-a</availabilityZone></placement>
                <blockDeviceMapping><item><deviceName>/dev/sdb</deviceName><noDevice/></item></blockDeviceMapping>
                <monitoring><enabled>true</enabled></monitoring>
                """);
        assertThat(request)
                .isEqualTo(RunInstancesRequest.builder()
                        .imageId("ami-1")
                        .minCount(1)
                        .maxCount(3)
                        .keyName("me")
                        .securityGroupIds("sg-1")
                        .securityGroups("web")
                        .userData("aGVsbG8=")
                        .instanceType("m1.small")
                        .placement(placement -> placement.availabilityZone("zone-a"))
                        .blockDeviceMappings(BlockDeviceMapping.builder()
                                .deviceName("/dev/sdb")
                                .noDevice("")
                                .build())
                        .monitoring(monitoring -> monitoring.enabled(true))
                        .build());
    }

    @Test
    void setsOfIdsAreListsAndFiltersHaveValues() {
        var instances = read("DescribeInstances", """
                <instancesSet><item><instanceId>i-1</instanceId></item><item><instanceId>i-2</instanceId></item>
                </instancesSet><filterSet><item><name>tag:a</name><valueSet><item><value>x</value></item>
                <item><value>y</value></item></valueSet></item></filterSet>""");
        var images = read("DescribeImages", """
                <executableBySet><item><user>self</user></item></executableBySet><imagesSet/>
                <ownersSet><item><owner>123456789012</owner></item></ownersSet>""");
        assertThat(instances)
                .isEqualTo(DescribeInstancesRequest.builder()
                        .instanceIds("i-1", "i-2")
                        .filters(Filter.builder().name("tag:a").values("x", "y").build())
                        .build());
        assertThat(images)
                .isEqualTo(DescribeImagesRequest.builder()
                        .executableUsers("self")
                        .owners("123456789012")
                        .build());
    }

    @Test
    void tagsZonesAndAttributesReachTheirMembers() {
        assertThat(read("CreateTags", """
                        <resourcesSet><item><resourceId>i-1</resourceId></item></resourcesSet>
                        <tagSet><item><key>k</key><value/></item></tagSet>"""))
                .isEqualTo(CreateTagsRequest.builder()
                        .resources("i-1")
                        .tags(Tag.builder().key("k").value("").build())
                        .build());
        assertThat(read(
                        "DescribeAvailabilityZones",
                        "<availabilityZoneSet><item><zoneName>zone-a</zoneName></item></availabilityZoneSet>"))
                .isEqualTo(DescribeAvailabilityZonesRequest.builder()
                        .zoneNames("zone-a")
                        .build());
        assertThat(read("DescribeImageAttribute", "<imageId>ami-1</imageId><launchPermission/>"))
                .isEqualTo(DescribeImageAttributeRequest.builder()
                        .imageId("ami-1")
                        .attribute("launchPermission")
                        .build());
    }

    @Test
    void emptySetsAndNilAndWhatOldClientsLeaveEmptySayNothing() {
        assertThat(read("TerminateInstances", "<instancesSet/>"))
                .isEqualTo(TerminateInstancesRequest.builder().build());
        assertThat(read("RunInstances", """
                        <imageId>ami-1</imageId><keyName xsi:nil="true"/><addressingType/><userData/>
                        <groupSet/><blockDeviceMapping/><networkInterfaceSet/>"""))
                .isEqualTo(RunInstancesRequest.builder().imageId("ami-1").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2006-06-26", "2010-08-31", "2013-02-01", "2016-11-15"})
    void anyVersionIsRead(String version) {
        var request = (DescribeInstancesRequest) read(
                "DescribeInstances",
                ApiVersion.CONTRACT.namespace().replace("2013-02-01", version),
                "<instancesSet><item><instanceId>i-1</instanceId></item></instancesSet><dryRun>true</dryRun>");
        assertThat(request.instanceIds()).containsExactly("i-1");
        assertThat(request.dryRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_PARAMETER             | RunInstances       | <nonsense/>",
                "UNKNOWN_PARAMETER             | RunInstances       | <imageId xmlns='urn:x'>ami-1</imageId>",
                "UNKNOWN_PARAMETER             | DescribeInstances  | <instancesSet><instanceId>i</instanceId></instancesSet>",
                "UNKNOWN_PARAMETER             | DescribeInstances  | <instancesSet><item><x>i</x></item></instancesSet>",
                "UNKNOWN_PARAMETER             | RunInstances       | <userData><x/></userData>",
                "INVALID_PARAMETER_VALUE       | RunInstances       | <minCount>one</minCount>",
                "INVALID_PARAMETER_VALUE       | RunInstances       | <imageId><x/></imageId>",
                "INVALID_PARAMETER_VALUE       | RunInstances       | <userData encoding='hex'>00</userData>",
                "INVALID_PARAMETER_VALUE       | DescribeInstances  | <instancesSet>i-1</instancesSet>",
                "INVALID_PARAMETER_COMBINATION | RunInstances       | <imageId>a</imageId><imageId>b</imageId>",
                "INVALID_PARAMETER_COMBINATION | DescribeImageAttribute | <kernel/><ramdisk/>",
                "UNSUPPORTED_OPERATION         | RunInstances       | <license><pool>p</pool></license>",
                "INVALID_ACTION                | DescribeInstanceTypes | <x/>"
            })
    void whatIsWrongIsRefusedByItsCode(Ec2ErrorCode code, String action, String content) {
        Ec2Error refusal = catchThrowableOfType(Ec2Error.class, () -> read(action, content));
        assertThat(refusal).isNotNull().extracting(Ec2Error::code).isEqualTo(code);
    }

    @Test
    void aBodyOfAnotherActionOrServiceIsRefused() {
        var body = document("StopInstances", ApiVersion.CONTRACT.namespace(), "");
        assertThat(catchThrowableOfType(
                                Ec2Error.class, () -> new SoapReader().read(Codec.shape("StartInstances"), body))
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_ACTION);
        assertThat(catchThrowableOfType(Ec2Error.class, () -> read("StopInstances", "urn:x", ""))
                        .code())
                .isEqualTo(Ec2ErrorCode.NO_SUCH_VERSION);
    }

    private static Ec2Request read(String action, String content) {
        return read(action, ApiVersion.CONTRACT.namespace(), content);
    }

    private static Ec2Request read(String action, String namespace, String content) {
        return new SoapReader().read(Codec.shape(action), document(action, namespace, content));
    }

    private static Element document(String action, String namespace, String content) {
        String xml = "<%1$s xmlns='%2$s' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>%3$s</%1$s>"
                .formatted(action, namespace, content);
        return Codec.xml(xml);
    }
}
