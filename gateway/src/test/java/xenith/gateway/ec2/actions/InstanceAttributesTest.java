package xenith.gateway.ec2.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataResponse;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.StateReason;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class InstanceAttributesTest {
    private ActionHarness cloud;
    private String id;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
        id = cloud.run(1).get(0);
        cloud.begin(id);
    }

    @ParameterizedTest
    @EnumSource(InstanceAttribute.class)
    void everyAttributeIsDescribedAndNoOther(InstanceAttribute attribute) {
        DescribeInstanceAttributeResponse answer = describe(attribute.wireName());

        assertThat(answer.instanceId()).isEqualTo(id);
        assertThat(answer.sdkFields().stream()
                        .filter(field -> !field.memberName().equals("InstanceId"))
                        .filter(field -> isSet(field.getValueOrDefault(answer)))
                        .count())
                .isEqualTo(1);
    }

    private static boolean isSet(Object value) {
        return value != null && !(value instanceof software.amazon.awssdk.core.util.SdkAutoConstructList);
    }

    @Test
    void anInstanceIsDescribedAsItWasLaunched() {
        assertThat(describe("instanceType").instanceType().value()).isEqualTo("m1.small");
        assertThat(describe("userData").userData().value()).isNull();
        assertThat(describe("disableApiTermination").disableApiTermination().value())
                .isFalse();
        assertThat(describe("instanceInitiatedShutdownBehavior")
                        .instanceInitiatedShutdownBehavior()
                        .value())
                .isEqualTo("stop");
        assertThat(describe("rootDeviceName").rootDeviceName().value()).isEqualTo("/dev/sda1");
        assertThat(describe("groupSet").groups()).singleElement().satisfies(group -> assertThat(group.groupName())
                .isEqualTo("default"));
        assertThat(describe("kernel").kernelId().value()).isNull();
        assertThat(describe("sourceDestCheck").sourceDestCheck().value()).isNull();
        assertThat(describe("ebsOptimized").ebsOptimized().value()).isFalse();
    }

    @Test
    void aStoppedInstanceGetsAnotherTypeAndKeepsItsDisk() {
        long diskMib = cloud.vm(id).spec().capacity().diskMib();
        stop();

        modify(change -> change.instanceType(value -> value.value("m1.large")));

        assertThat(describe("instanceType").instanceType().value()).isEqualTo("m1.large");
        assertThat(cloud.vm(id).spec().vcpus()).isEqualTo(2);
        assertThat(cloud.vm(id).spec().capacity().memoryMib()).isEqualTo(1024);
        assertThat(cloud.vm(id).spec().capacity().diskMib()).isEqualTo(diskMib);
    }

    @Test
    void aStoppedInstanceGetsOtherUserData() {
        stop();

        modify(change -> change.userData(value -> value.value(SdkBytes.fromUtf8String("#!/bin/sh\n"))));
        assertThat(decoded(describe("userData").userData().value())).isEqualTo("#!/bin/sh\n");
        assertThat(cloud.vm(id).spec().context().instanceId()).isEqualTo(id);
        modify(change -> change.attribute("userData").value(base64("again")));
        assertThat(decoded(describe("userData").userData().value())).isEqualTo("again");
    }

    @Test
    void aStoppedInstanceGetsAnotherKernelAndItsImagesOwnAgain() {
        String kernel = register("kernel:vmlinuz");
        String ramdisk = register("ramdisk:initrd");
        stop();
        assertThat(refused(change -> change.ramdisk(value -> value.value(ramdisk))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);

        modify(change -> change.kernel(value -> value.value(kernel)));
        modify(change -> change.ramdisk(value -> value.value(ramdisk)));
        assertThat(describe("kernel").kernelId().value()).isEqualTo(kernel);
        assertThat(describe("ramdisk").ramdiskId().value()).isEqualTo(ramdisk);

        assertThat(cloud.code(reset("kernel"))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        cloud.answer(cloud.ann, reset("ramdisk"));
        cloud.answer(cloud.ann, reset("kernel"));
        assertThat(describe("kernel").kernelId().value()).isNull();
        assertThat(describe("ramdisk").ramdiskId().value()).isNull();
    }

    @Test
    void whatAnInstanceIsStartedAsChangesOnlyWhileItIsStopped() {
        String kernel = register("kernel:vmlinuz");
        assertThat(refused(change -> change.instanceType(value -> value.value("m1.large"))))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(refused(change -> change.userData(value -> value.value(SdkBytes.fromUtf8String("x")))))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(refused(change -> change.kernel(value -> value.value(kernel))))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(cloud.code(reset("kernel"))).isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(describe("instanceType").instanceType().value()).isEqualTo("m1.small");
    }

    @Test
    void aProtectedInstanceIsNotTerminatedByRequestUntilItIsNoLonger() {
        modify(change -> change.disableApiTermination(value -> value.value(true)));
        assertThat(describe("disableApiTermination").disableApiTermination().value())
                .isTrue();
        TerminateInstancesRequest terminate =
                TerminateInstancesRequest.builder().instanceIds(id).build();

        assertThat(cloud.refusal(cloud.ann, terminate))
                .hasMessageContaining(id)
                .hasMessageContaining("disableApiTermination")
                .extracting(Ec2Error::code)
                .isEqualTo(Ec2ErrorCode.OPERATION_NOT_PERMITTED);
        modify(change -> change.attribute("disableApiTermination").value("false"));
        cloud.answer(cloud.ann, terminate);
        assertThat(Ec2InstanceState.of(cloud.vm(id))).isEqualTo(Ec2InstanceState.SHUTTING_DOWN);
    }

    @Test
    void oneProtectedInstanceSavesAllOfTheCall() {
        String other = cloud.run(1).get(0);
        modify(change -> change.disableApiTermination(value -> value.value(true)));

        assertThat(cloud.code(TerminateInstancesRequest.builder()
                        .instanceIds(other, id)
                        .build()))
                .isEqualTo(Ec2ErrorCode.OPERATION_NOT_PERMITTED);
        assertThat(Ec2InstanceState.of(cloud.vm(other))).isEqualTo(Ec2InstanceState.PENDING);
    }

    @Test
    void anInstanceMayBeProtectedFromItsLaunchOn() {
        String born = cloud.run(cloud.runRequest(1).disableApiTermination(true).build())
                .get(0);
        assertThat(cloud.code(
                        TerminateInstancesRequest.builder().instanceIds(born).build()))
                .isEqualTo(Ec2ErrorCode.OPERATION_NOT_PERMITTED);
    }

    @Test
    void whatTheGuestsOwnShutdownDoesMayBeChangedWhileItRuns() {
        modify(change -> change.instanceInitiatedShutdownBehavior(value -> value.value("terminate")));
        assertThat(cloud.vm(id).spec().endOnShutdown()).isTrue();
        modify(change -> change.attribute("instanceInitiatedShutdownBehavior").value("stop"));
        assertThat(cloud.vm(id).spec().endOnShutdown()).isFalse();
        assertThat(refused(change -> change.instanceInitiatedShutdownBehavior(value -> value.value("explode"))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void whatCanBeInOneWayOnlyMaySoBeSaid() {
        modify(change -> change.groups(describe("groupSet").groups().get(0).groupId()));
        modify(change -> change.ebsOptimized(value -> value.value(false)));
        modify(change -> change.enaSupport(value -> value.value(false)));
        modify(change -> change.disableApiStop(value -> value.value(false)));
        modify(change -> change.blockDeviceMappings(root(true)));

        assertThat(refused(change -> change.groups("sg-00000000"))).isEqualTo(Ec2ErrorCode.INVALID_GROUP_NOT_FOUND);
        assertThat(refused(change -> change.ebsOptimized(value -> value.value(true))))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.enaSupport(value -> value.value(true))))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.disableApiStop(value -> value.value(true))))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.blockDeviceMappings(root(false))))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.blockDeviceMappings(InstanceBlockDeviceMappingSpecification.builder()
                        .deviceName("/dev/sdz")
                        .build())))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ATTRIBUTE_VALUE);
        assertThat(refused(change -> change.sriovNetSupport(value -> value.value("simple"))))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.attribute("rootDeviceName").value("/dev/xvda")))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
    }

    @Test
    void sourceDestCheckIsForPrivateNetworks() {
        assertThat(refused(change -> change.sourceDestCheck(value -> value.value(false))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(reset("sourceDestCheck"))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
    }

    @Test
    void oneAttributeIsChangedAtATime() {
        assertThat(refused(change -> {})).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.instanceType(value -> value.value("m1.large"))
                        .disableApiTermination(value -> value.value(true))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.attribute("kernel"))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.value("x"))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.instanceType(value -> {}))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.attribute("disableApiTermination").value("maybe")))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refused(change -> change.attribute("colour").value("blue")))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        modify(change -> change.attribute("disableApiTermination").disableApiTermination(value -> value.value(true)));
        assertThat(describe("disableApiTermination").disableApiTermination().value())
                .isTrue();
    }

    @Test
    void valuesThatAreNotThereAreRefused() {
        stop();
        assertThat(refused(change -> change.instanceType(value -> value.value("z9.huge"))))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ATTRIBUTE_VALUE);
        assertThat(refused(change -> change.kernel(value -> value.value("aki-00000000"))))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(refused(change -> change.kernel(value -> value.value("nonsense"))))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_MALFORMED);
        assertThat(refused(change ->
                        change.userData(value -> value.value(SdkBytes.fromByteArray(new byte[16 * 1024 + 1])))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeInstanceAttributeRequest.builder()
                        .instanceId(id)
                        .attribute("colour")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeInstanceAttributeRequest.builder()
                        .instanceId(id)
                        .build()))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instanceType", "userData", "disableApiTermination", "groupSet"})
    void onlyThreeAttributesCanBeReset(String attribute) {
        stop();
        assertThat(cloud.code(reset(attribute))).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void anotherAccountsInstanceIsNotFound() {
        assertThat(cloud.refusal(
                                cloud.bob,
                                DescribeInstanceAttributeRequest.builder()
                                        .instanceId(id)
                                        .attribute("userData")
                                        .build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(cloud.refusal(cloud.bob, reset("kernel")).code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(cloud.refusal(
                                cloud.bob,
                                ModifyInstanceAttributeRequest.builder()
                                        .instanceId(id)
                                        .disableApiTermination(value -> value.value(true))
                                        .build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }

    @Test
    void whatIsOnItsWayOutIsNotModified() {
        cloud.answer(
                cloud.ann, TerminateInstancesRequest.builder().instanceIds(id).build());
        assertThat(refused(change -> change.disableApiTermination(value -> value.value(true))))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(cloud.dryRun(ModifyInstanceAttributeRequest.builder()
                        .instanceId(id)
                        .disableApiTermination(value -> value.value(true))
                        .build()))
                .isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(describe("disableApiTermination").disableApiTermination().value())
                .isFalse();
    }

    @Test
    void aPasswordIsWhatTheGuestLastWroteOnItsConsole() {
        cloud.console = "boot\n<Password>\nb2xk\n</Password>\nboot\n<Password>\nbmV3\r\nZXI=\n</Password>\nready"
                .getBytes(UTF_8);
        assertThat(passwordOf(id)).isEqualTo("bmV3ZXI=");
    }

    @Test
    void aGuestThatWroteNoPasswordHasNone() {
        cloud.console = "login: <Password></Password> <Password>no & yes</Password>".getBytes(UTF_8);
        assertThat(passwordOf(id)).isEmpty();
        assertThat(cloud.code(GetPasswordDataRequest.builder().build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.refusal(
                                cloud.bob,
                                GetPasswordDataRequest.builder().instanceId(id).build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }

    private String passwordOf(String instance) {
        return cloud.ask(
                        GetPasswordDataResponse.class,
                        GetPasswordDataRequest.builder().instanceId(instance).build())
                .passwordData();
    }

    private void stop() {
        cloud.answer(cloud.ann, StopInstancesRequest.builder().instanceIds(id).build());
        cloud.step(id, VmEvent.DONE, StateReason.NONE);
    }

    private DescribeInstanceAttributeResponse describe(String attribute) {
        return cloud.ask(
                DescribeInstanceAttributeResponse.class,
                DescribeInstanceAttributeRequest.builder()
                        .instanceId(id)
                        .attribute(attribute)
                        .build());
    }

    private void modify(Consumer<ModifyInstanceAttributeRequest.Builder> change) {
        cloud.answer(cloud.ann, modification(change));
    }

    private Ec2ErrorCode refused(Consumer<ModifyInstanceAttributeRequest.Builder> change) {
        return cloud.code(modification(change));
    }

    private ModifyInstanceAttributeRequest modification(Consumer<ModifyInstanceAttributeRequest.Builder> change) {
        return ModifyInstanceAttributeRequest.builder()
                .instanceId(id)
                .applyMutation(change)
                .build();
    }

    private ResetInstanceAttributeRequest reset(String attribute) {
        return ResetInstanceAttributeRequest.builder()
                .instanceId(id)
                .attribute(attribute)
                .build();
    }

    private String register(String location) {
        return cloud.ask(
                        RegisterImageResponse.class,
                        RegisterImageRequest.builder()
                                .name(location.replace(':', '-'))
                                .imageLocation(location)
                                .build())
                .imageId();
    }

    private static InstanceBlockDeviceMappingSpecification root(boolean deleted) {
        return InstanceBlockDeviceMappingSpecification.builder()
                .deviceName("/dev/sda1")
                .ebs(ebs -> ebs.deleteOnTermination(deleted))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
