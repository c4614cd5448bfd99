package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import xenith.engine.model.Caller;
import xenith.engine.model.Role;
import xenith.engine.tables.ImageShares;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class ImageAttributesTest {
    private ActionHarness cloud;
    private String id;
    private String bobs;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
        id = cloud.image("mine");
        bobs = cloud.bob.account().value();
    }

    @ParameterizedTest
    @EnumSource(ImageAttribute.class)
    void everyAttributeIsDescribedAndNoOther(ImageAttribute attribute) {
        DescribeImageAttributeResponse answer = describe(attribute.wireName());

        assertThat(answer.imageId()).isEqualTo(id);
        assertThat(answer.sdkFields().stream()
                        .filter(field -> !field.memberName().equals("ImageId"))
                        .map(field -> field.getValueOrDefault(answer))
                        .filter(value -> value != null && !(value instanceof SdkAutoConstructList))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAccountThatIsLetMayLaunchAndSeeAndNoLongerOnceThatIsTakenBack() {
        assertThat(launchedBy(cloud.bob)).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);

        modify(change -> change.launchPermission(permission ->
                permission.add(LaunchPermission.builder().userId(bobs).build())));

        assertThat(permissions()).containsExactly(bobs);
        assertThat(seenBy(cloud.bob, DescribeImagesRequest.builder()))
                .singleElement()
                .satisfies(image -> {
                    assertThat(image.imageId()).isEqualTo(id);
                    assertThat(image.publicLaunchPermissions()).isFalse();
                });
        cloud.answer(cloud.bob, run());
        modify(change -> change.launchPermission(permission ->
                permission.remove(LaunchPermission.builder().userId(bobs).build())));
        assertThat(launchedBy(cloud.bob)).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(seenBy(cloud.bob, DescribeImagesRequest.builder())).isEmpty();
    }

    @Test
    void oldClientsNameTheAttributeAndTheOperation() {
        modify(change ->
                change.attribute("launchPermission").operationType("add").userIds(bobs));
        modify(change -> change.operationType("add").userGroups("all"));
        assertThat(permissions()).containsExactly("all", bobs);
        modify(change -> change.attribute("launchPermission")
                .operationType("remove")
                .userIds(bobs)
                .userGroups("all"));
        assertThat(permissions()).isEmpty();
    }

    @Test
    void everybodyMayLaunchWhatIsPublic() {
        modify(change -> change.launchPermission(permission ->
                permission.add(LaunchPermission.builder().group("all").build())));

        assertThat(permissions()).containsExactly("all");
        assertThat(seenBy(cloud.bob, DescribeImagesRequest.builder().executableUsers("all")))
                .extracting(Image::publicLaunchPermissions)
                .containsExactly(true);
        cloud.answer(cloud.bob, run());
        cloud.answer(
                cloud.ann,
                ResetImageAttributeRequest.builder()
                        .imageId(id)
                        .attribute("launchPermission")
                        .build());
        assertThat(permissions()).isEmpty();
        assertThat(launchedBy(cloud.bob)).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    @Test
    void onlyOperatorsMakeImagesPublic() {
        Caller member = new Caller(cloud.ann.account(), cloud.ann.user(), Role.MEMBER);
        ModifyImageAttributeRequest publish = modification(change -> change.launchPermission(permission ->
                permission.add(LaunchPermission.builder().group("all").build())));

        assertThat(cloud.refusal(member, publish).code()).isEqualTo(Ec2ErrorCode.UNAUTHORIZED_OPERATION);
        cloud.answer(member, modification(change -> change.operationType("add").userIds(bobs)));
        assertThat(permissions()).containsExactly(bobs);
    }

    @Test
    void anImageIsLaunchedWithItsOwnKernelByWhoeverMayLaunchIt() {
        String kernel = register("kernel:vmlinuz", null);
        id = register("disk.img", kernel);
        modify(change -> change.operationType("add").userIds(bobs));

        cloud.answer(cloud.bob, run());
        assertThat(cloud.refusal(cloud.bob, run().toBuilder().kernelId(kernel).build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    @Test
    void imagesAreFoundByWhoHasBeenLetLaunchThem() {
        modify(change -> change.operationType("add").userIds(bobs));

        assertThat(seenBy(cloud.bob, DescribeImagesRequest.builder().executableUsers("self")))
                .hasSize(1);
        assertThat(seenBy(cloud.ann, DescribeImagesRequest.builder().executableUsers(bobs)))
                .hasSize(1);
        assertThat(seenBy(cloud.ann, DescribeImagesRequest.builder().executableUsers("self")))
                .isEmpty();
        assertThat(seenBy(cloud.bob, DescribeImagesRequest.builder().executableUsers("all")))
                .isEmpty();
        assertThat(cloud.code(DescribeImagesRequest.builder()
                        .executableUsers("everybody")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_USER_ID_MALFORMED);
        assertThat(cloud.code(DescribeImagesRequest.builder().owners("me").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_USER_ID_MALFORMED);
    }

    @Test
    void whoMayLaunchIsForgottenWithTheImage() {
        modify(change -> change.operationType("add").userIds(bobs));
        cloud.answer(cloud.ann, DeregisterImageRequest.builder().imageId(id).build());
        assertThat(cloud.store.state().all(ImageShares.TABLE)).isEmpty();
    }

    @Test
    void theDescriptionIsChanged() {
        modify(change -> change.description(value -> value.value("a & b")));
        assertThat(describe("description").description().value()).isEqualTo("a & b");
        modify(change -> change.attribute("description").value(""));
        assertThat(describe("description").description().value()).isEmpty();
        assertThat(refused(change -> change.description(value -> value.value("x".repeat(256)))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refused(change -> change.description(value -> {}))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000000000", "bob", "12345", ""})
    void whoIsNoAccountIsRefused(String user) {
        assertThat(refused(change -> change.operationType("add").userIds(user)))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ATTRIBUTE_ITEM_VALUE);
        assertThat(permissions()).isEmpty();
    }

    @Test
    void oneWrongPermissionLeavesAllAsTheyWere() {
        assertThat(refused(change -> change.operationType("add").userIds(bobs, "000000000000")))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ATTRIBUTE_ITEM_VALUE);
        assertThat(permissions()).isEmpty();
    }

    @Test
    void whatIsWrongIsRefused() {
        assertThat(refused(change -> {})).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.userIds(bobs))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.userIds(bobs).operationType("set")))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refused(change -> change.operationType("add").userGroups("some")))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ATTRIBUTE_ITEM_VALUE);
        assertThat(refused(change -> change.launchPermission(
                        permission -> permission.add(LaunchPermission.builder().build()))))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.launchPermission(permission -> permission.add(
                        LaunchPermission.builder().userId(bobs).group("all").build()))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change ->
                        change.operationType("add").userIds(bobs).description(value -> value.value("and more"))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.attribute("kernel").value("aki-00000000")))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.attribute("kernel"))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refused(change -> change.attribute("launchPermission"))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(refused(change -> change.attribute("colour").value("blue")))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(refused(change -> change.productCodes("774F4FF8"))).isEqualTo(Ec2ErrorCode.INVALID_PRODUCT_INFO);
        assertThat(refused(change -> change.attribute("productCodes").description(value -> value.value("x"))))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(ResetImageAttributeRequest.builder()
                        .imageId(id)
                        .attribute("description")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeImageAttributeRequest.builder()
                        .imageId(id)
                        .attribute("colour")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void anotherAccountsImageIsItsOwners() {
        cloud.share(id);
        assertThat(cloud.refusal(
                                cloud.bob,
                                DescribeImageAttributeRequest.builder()
                                        .imageId(id)
                                        .attribute("launchPermission")
                                        .build())
                        .code())
                .isEqualTo(Ec2ErrorCode.AUTH_FAILURE);
        assertThat(cloud.refusal(cloud.bob, modification(change -> change.description(value -> value.value("bob's"))))
                        .code())
                .isEqualTo(Ec2ErrorCode.AUTH_FAILURE);
        assertThat(cloud.refusal(
                                cloud.bob,
                                ResetImageAttributeRequest.builder()
                                        .imageId("ami-00000000")
                                        .attribute("launchPermission")
                                        .build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    private List<Image> seenBy(Caller caller, DescribeImagesRequest.Builder request) {
        return ((DescribeImagesResponse) cloud.answer(caller, request.build())).images();
    }

    private Ec2ErrorCode launchedBy(Caller caller) {
        return cloud.refusal(caller, run()).code();
    }

    private RunInstancesRequest run() {
        return RunInstancesRequest.builder().imageId(id).minCount(1).maxCount(1).build();
    }

    private List<String> permissions() {
        return describe("launchPermission").launchPermissions().stream()
                .map(permission -> permission.userId() == null ? permission.groupAsString() : permission.userId())
                .toList();
    }

    private DescribeImageAttributeResponse describe(String attribute) {
        return cloud.ask(
                DescribeImageAttributeResponse.class,
                DescribeImageAttributeRequest.builder()
                        .imageId(id)
                        .attribute(attribute)
                        .build());
    }

    private void modify(Consumer<ModifyImageAttributeRequest.Builder> change) {
        cloud.answer(cloud.ann, modification(change));
    }

    private Ec2ErrorCode refused(Consumer<ModifyImageAttributeRequest.Builder> change) {
        return cloud.code(modification(change));
    }

    private ModifyImageAttributeRequest modification(Consumer<ModifyImageAttributeRequest.Builder> change) {
        return ModifyImageAttributeRequest.builder()
                .imageId(id)
                .applyMutation(change)
                .build();
    }

    private String register(String location, String kernel) {
        return cloud.ask(
                        RegisterImageResponse.class,
                        RegisterImageRequest.builder()
                                .name(location.replace(':', '-'))
                                .imageLocation(location)
                                .kernelId(kernel)
                                .build())
                .imageId();
    }
}
