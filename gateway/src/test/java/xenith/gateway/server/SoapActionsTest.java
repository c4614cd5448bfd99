package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions by signed SOAP, one at a time, in the words of the contract. */
class SoapActionsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path home;

    private static GatewayHarness gateway;
    private static SoapClient ec2;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayHarness(home);
        ec2 = new SoapClient(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void describeInstanceStatus() {
        String id = running("");

        String answer =
                ec2.answer("DescribeInstanceStatus", instances(id) + "<includeAllInstances>true</includeAllInstances>");

        assertThat(answer)
                .contains("<instanceId>" + id + "</instanceId>", "<systemStatus><status>ok</status>")
                .contains("<details><item><name>reachability</name><status>passed</status></item></details>");
        assertThat(ec2.fault("DescribeInstanceStatus", instances(id) + "<maxResults>5</maxResults>"))
                .isEqualTo("Client.InvalidParameterCombination");
    }

    @ParameterizedTest
    @CsvSource({
        "instanceType,<instanceType><value>m1.small</value></instanceType>",
        "kernel,<kernel><value>aki-",
        "ramdisk,<ramdisk",
        "userData,<userData><value>aGVsbG8=</value></userData>",
        "disableApiTermination,<disableApiTermination><value>false</value></disableApiTermination>",
        "instanceInitiatedShutdownBehavior,<value>stop</value>",
        "rootDeviceName,<value>/dev/sda1</value>",
        "blockDeviceMapping,<blockDeviceMapping/>",
        "sourceDestCheck,<sourceDestCheck",
        "groupSet,<groupName>default</groupName>",
        "productCodes,<productCodes/>",
        "ebsOptimized,<ebsOptimized><value>false</value></ebsOptimized>"
    })
    void describeInstanceAttribute(String attribute, String expected) {
        String id = run("<userData><data>aGVsbG8=</data></userData>");

        String answer =
                ec2.answer("DescribeInstanceAttribute", "<instanceId>" + id + "</instanceId><" + attribute + "/>");

        assertThat(answer).contains("<instanceId>" + id + "</instanceId>", expected);
    }

    @Test
    void modifyInstanceAttribute() {
        String id = stopped();

        returned("ModifyInstanceAttribute", attribute(id, "instanceType", "m1.large"));
        returned("ModifyInstanceAttribute", attribute(id, "userData", base64("again")));
        returned("ModifyInstanceAttribute", attribute(id, "instanceInitiatedShutdownBehavior", "terminate"));
        returned("ModifyInstanceAttribute", attribute(id, "disableApiTermination", "true"));

        assertThat(described(id, "instanceType")).contains("<value>m1.large</value>");
        assertThat(described(id, "userData")).contains("<value>" + base64("again") + "</value>");
        assertThat(described(id, "instanceInitiatedShutdownBehavior")).contains("<value>terminate</value>");
        assertThat(ec2.fault("TerminateInstances", instances(id))).isEqualTo("Client.OperationNotPermitted");
        returned("ModifyInstanceAttribute", attribute(id, "disableApiTermination", "false"));
        ec2.answer("TerminateInstances", instances(id));
    }

    @Test
    void modifyInstanceAttributeOfGroupsAndDevices() {
        String id = running("");
        String group = SoapClient.first(described(id, "groupSet"), "groupId");

        returned(
                "ModifyInstanceAttribute",
                "<instanceId>" + id + "</instanceId><groupSet><item><groupId>" + group
                        + "</groupId></item></groupSet>");
        returned(
                "ModifyInstanceAttribute",
                "<instanceId>" + id + "</instanceId><blockDeviceMapping><item><deviceName>/dev/sda1</deviceName>"
                        + "<ebs><deleteOnTermination>true</deleteOnTermination></ebs></item></blockDeviceMapping>");
        assertThat(ec2.fault("ModifyInstanceAttribute", attribute(id, "sourceDestCheck", "false")))
                .isEqualTo("Client.InvalidParameterCombination");
        assertThat(ec2.fault("ModifyInstanceAttribute", attribute(id, "instanceType", "m1.large")))
                .isEqualTo("Client.IncorrectInstanceState");
        assertThat(ec2.fault("ModifyInstanceAttribute", attribute(id, "ebsOptimized", "true")))
                .isEqualTo("Client.UnsupportedOperation");
    }

    @Test
    void resetInstanceAttribute() {
        String id = stopped();
        String content = "<instanceId>" + id + "</instanceId>";
        String kernel = SoapClient.first(described(id, "kernel"), "value");

        returned("ResetInstanceAttribute", content + "<kernel/>");

        assertThat(described(id, "kernel")).contains("<value>" + kernel + "</value>");
        assertThat(ec2.fault("ResetInstanceAttribute", content + "<sourceDestCheck/>"))
                .isEqualTo("Client.InvalidParameterCombination");
    }

    @Test
    void getPasswordData() {
        String id = running("");
        String answer = ec2.answer("GetPasswordData", "<instanceId>" + id + "</instanceId>");
        assertThat(answer).containsPattern("<passwordData(/>|></passwordData>)");
        assertThat(answer).contains("<instanceId>" + id + "</instanceId>", "<timestamp>");
        assertThat(ec2.fault("GetPasswordData", "<instanceId>i-00000000</instanceId>"))
                .isEqualTo("Client.InvalidInstanceID.NotFound");
    }

    @Test
    void monitorAndUnmonitorInstances() {
        String id = run("<monitoring><enabled>true</enabled></monitoring>");
        assertThat(ec2.answer("UnmonitorInstances", instances(id)))
                .contains("<monitoring><state>disabled</state></monitoring>");
        assertThat(ec2.answer("MonitorInstances", instances(id)))
                .contains("<instanceId>" + id + "</instanceId><monitoring><state>enabled</state></monitoring>");
        assertThat(ec2.answer("DescribeInstances", instances(id)))
                .contains("<monitoring><state>enabled</state></monitoring>");
    }

    @Test
    void describeAccountAttributes() {
        String answer = ec2.answer(
                "DescribeAccountAttributes",
                "<accountAttributeNameSet><item><attributeName>supported-platforms</attributeName></item>"
                        + "</accountAttributeNameSet>");
        assertThat(SoapClient.first(answer, "attributeName")).isEqualTo("supported-platforms");
        assertThat(SoapClient.first(answer, "attributeValue")).isEqualTo("EC2");
        assertThat(answer).doesNotContain("max-instances");
    }

    @ParameterizedTest
    @CsvSource({
        "launchPermission,<launchPermission",
        "productCodes,<productCodes/>",
        "kernel,<kernel",
        "ramdisk,<ramdisk",
        "blockDeviceMapping,<blockDeviceMapping/>",
        "description,<description"
    })
    void describeImageAttribute(String attribute, String expected) {
        String answer = ec2.answer("DescribeImageAttribute", image() + "<" + attribute + "/>");
        assertThat(answer).contains(image(), expected);
    }

    @Test
    void modifyAndResetImageAttribute() {
        String everybody = "<launchPermission><%1$s><item><group>all</group></item></%1$s></launchPermission>";

        returned("ModifyImageAttribute", image() + everybody.formatted("remove"));
        assertThat(ec2.answer("DescribeImageAttribute", image() + "<launchPermission/>"))
                .doesNotContain("<group>all</group>");
        returned("ModifyImageAttribute", image() + everybody.formatted("add"));
        assertThat(ec2.answer("DescribeImageAttribute", image() + "<launchPermission/>"))
                .contains("<launchPermission><item><group>all</group></item></launchPermission>");
        returned("ModifyImageAttribute", image() + "<description><value>small &amp; quick</value></description>");
        assertThat(ec2.answer("DescribeImageAttribute", image() + "<description/>"))
                .contains("<value>small &amp; quick</value>");
        returned("ResetImageAttribute", image() + "<launchPermission/>");
        assertThat(ec2.answer("DescribeImageAttribute", image() + "<launchPermission/>"))
                .doesNotContain("<group>all</group>");
        assertThat(ec2.fault(
                        "ModifyImageAttribute",
                        image() + "<launchPermission><add><item><userId>000000000000</userId></item></add>"
                                + "</launchPermission>"))
                .isEqualTo("Client.InvalidAMIAttributeItemValue");
        assertThat(ec2.fault(
                        "ModifyImageAttribute",
                        image() + "<productCodes><item><productCode>774F4FF8</productCode></item></productCodes>"))
                .isEqualTo("Client.InvalidProductInfo");
    }

    @Test
    void createDescribeAndDeletePlacementGroup() {
        returned("CreatePlacementGroup", "<groupName>web</groupName><strategy>spread</strategy>");
        assertThat(ec2.fault("CreatePlacementGroup", "<groupName>web</groupName><strategy>spread</strategy>"))
                .isEqualTo("Client.InvalidPlacementGroup.Duplicate");
        String id = running("<placement><groupName>web</groupName></placement>");

        assertThat(ec2.answer(
                        "DescribePlacementGroups",
                        "<placementGroupSet><item><groupName>web</groupName></item></placementGroupSet>"))
                .contains("<groupName>web</groupName><strategy>spread</strategy><state>available</state>");
        assertThat(ec2.answer("DescribeInstances", instances(id))).contains("<groupName>web</groupName>");
        // The cloud has one host.
        assertThat(ec2.fault("RunInstances", launch("<placement><groupName>web</groupName></placement>")))
                .isEqualTo("Server.InsufficientInstanceCapacity");
        assertThat(ec2.fault("DeletePlacementGroup", "<groupName>web</groupName>"))
                .isEqualTo("Client.InvalidPlacementGroup.InUse");
        ec2.answer("TerminateInstances", instances(id));
        GatewayHarness.await(() -> state(id).equals("terminated"));
        returned("DeletePlacementGroup", "<groupName>web</groupName>");
        assertThat(ec2.answer("DescribePlacementGroups", "<placementGroupSet/>"))
                .contains("<placementGroupSet/>");
    }

    @Test
    void runInstancesProtected() {
        String id = run("<disableApiTermination>true</disableApiTermination>"
                + "<instanceInitiatedShutdownBehavior>terminate</instanceInitiatedShutdownBehavior>");
        assertThat(ec2.fault("TerminateInstances", instances(id))).isEqualTo("Client.OperationNotPermitted");
        assertThat(described(id, "instanceInitiatedShutdownBehavior")).contains("<value>terminate</value>");
    }

    private static void returned(String action, String content) {
        assertThat(SoapClient.first(ec2.answer(action, content), "return")).isEqualTo("true");
    }

    private static String described(String id, String attribute) {
        return ec2.answer("DescribeInstanceAttribute", "<instanceId>" + id + "</instanceId><" + attribute + "/>");
    }

    private static String attribute(String id, String name, String value) {
        return "<instanceId>" + id + "</instanceId><" + name + "><value>" + value + "</value></" + name + ">";
    }

    private static String instances(String id) {
        return "<instancesSet><item><instanceId>" + id + "</instanceId></item></instancesSet>";
    }

    /** The first image, which a new cloud has. */
    private static String image() {
        String images = ec2.answer("DescribeImages", "<imagesSet/>");
        String id = images.replaceAll("(?s).*<imageId>(ami-[0-9a-f]+)</imageId>.*", "$1");
        return "<imageId>" + id + "</imageId>";
    }

    private static String launch(String more) {
        return image() + "<minCount>1</minCount><maxCount>1</maxCount><groupSet/><instanceType>m1.small</instanceType>"
                + more + "<clientToken>token-" + NUMBER.incrementAndGet() + "</clientToken>";
    }

    private static String run(String more) {
        return SoapClient.first(ec2.answer("RunInstances", launch(more)), "instanceId");
    }

    private static String running(String more) {
        String id = run(more);
        GatewayHarness.await(() -> state(id).equals("running"));
        return id;
    }

    private static String stopped() {
        String id = running("");
        ec2.answer("StopInstances", instances(id));
        GatewayHarness.await(() -> state(id).equals("stopped"));
        return id;
    }

    private static String state(String id) {
        String answer = ec2.answer("DescribeInstances", instances(id));
        return answer.replaceAll("(?s).*<instanceState><code>\\d+</code><name>([a-z-]+)</name>.*", "$1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
