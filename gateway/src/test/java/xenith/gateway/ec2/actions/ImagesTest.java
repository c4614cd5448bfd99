package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import xenith.engine.model.Caller;
import xenith.engine.tables.Images;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.ec2.tables.Tags;

class ImagesTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void anImageIsRegisteredDescribedAndDeregistered() {
        String id = id(register("web", "images/web.qcow2")
                .description("a \u00fc server")
                .architecture("arm64")
                .rootDeviceName("/dev/xvda")
                .tagSpecifications(tags("image"))
                .build());

        assertThat(id).matches("ami-[0-9a-f]{8}");
        Image image = describe(cloud.ann, id);
        assertThat(image.name()).isEqualTo("web");
        assertThat(image.imageLocation()).isEqualTo("images/web.qcow2");
        assertThat(image.description()).isEqualTo("a \u00fc server");
        assertThat(image.architectureAsString()).isEqualTo("arm64");
        assertThat(image.stateAsString()).isEqualTo("available");
        assertThat(image.imageTypeAsString()).isEqualTo("machine");
        assertThat(image.virtualizationTypeAsString()).isEqualTo("hvm");
        assertThat(image.rootDeviceName()).isEqualTo("/dev/xvda");
        assertThat(image.ownerId()).isEqualTo(cloud.ann.account().value());
        assertThat(image.publicLaunchPermissions()).isFalse();
        assertThat(image.tags()).hasSize(1);

        cloud.answer(cloud.ann, deregister(id));
        assertThat(all(cloud.ann)).isEmpty();
        assertThat(cloud.store.state().all(Tags.TABLE)).isEmpty();
        assertThat(cloud.code(deregister(id))).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    @Test
    void aDeregisteredImagesInstancesRunOnAndItsNameIsFree() {
        String instance = cloud.run(1).get(0);
        String id = all(cloud.ann).get(0).imageId();
        cloud.answer(cloud.ann, deregister(id));

        assertThat(cloud.vm(instance).ended()).isFalse();
        assertThat(cloud.code(cloud.runRequest(1).build())).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(cloud.image("standard")).isNotEqualTo(id);
    }

    @Test
    void aKernelAndARamdiskAreRegisteredAndBooted() {
        String kernel = id(register("kernel", "kernel:vmlinuz").build());
        String ramdisk = id(register("ramdisk", "ramdisk:initrd").build());
        String machine = id(register("machine", "root.img")
                .kernelId(kernel)
                .ramdiskId(ramdisk)
                .virtualizationType("paravirtual")
                .build());

        assertThat(kernel).matches("aki-[0-9a-f]{8}");
        assertThat(ramdisk).matches("ari-[0-9a-f]{8}");
        assertThat(describe(cloud.ann, kernel).imageTypeAsString()).isEqualTo("kernel");
        assertThat(describe(cloud.ann, kernel).imageLocation()).isEqualTo("kernel:vmlinuz");
        assertThat(describe(cloud.ann, kernel).rootDeviceName()).isNull();
        assertThat(describe(cloud.ann, ramdisk).imageTypeAsString()).isEqualTo("ramdisk");
        assertThat(describe(cloud.ann, machine).kernelId()).isEqualTo(kernel);
        assertThat(describe(cloud.ann, machine).ramdiskId()).isEqualTo(ramdisk);
        assertThat(describe(cloud.ann, machine).virtualizationTypeAsString()).isEqualTo("paravirtual");
    }

    @Test
    void aParavirtualImageMayBootItsOwnKernel() {
        String id = id(register("own-kernel", "root.img")
                .virtualizationType("paravirtual")
                .build());

        assertThat(describe(cloud.ann, id).virtualizationTypeAsString()).isEqualTo("paravirtual");
        assertThat(describe(cloud.ann, id).kernelId()).isNull();
    }

    @Test
    void onlyWhatBootsTogetherIsRegisteredTogether() {
        String kernel = id(register("kernel", "kernel:vmlinuz").build());
        String ramdisk = id(register("ramdisk", "ramdisk:initrd").build());

        assertThat(cloud.code(register("x12", "root.img").ramdiskId(ramdisk).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(register("x12", "kernel:other").kernelId(kernel).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(register("x12", "root.img")
                        .kernelId(kernel)
                        .virtualizationType("hvm")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(register("x12", "kernel:other")
                        .virtualizationType("hvm")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(
                        register("x12", "root.img").virtualizationType("magic").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(register("x12", "root.img").kernelId(ramdisk).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_MALFORMED);
        assertThat(cloud.code(
                        register("x12", "root.img").kernelId("aki-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "", "b\u00fc4", "name;drop", "a*b"})
    void aNameThatMayNotBeIsRefused(String name) {
        assertThat(cloud.code(register(name, "root.img").build())).isEqualTo(Ec2ErrorCode.INVALID_AMI_NAME_MALFORMED);
    }

    @Test
    void namesHaveEc2sLengthsAndAreGivenOnceInAnAccount() {
        String longest = "n".repeat(128);
        id(register(longest, "root.img").build());

        assertThat(cloud.code(register(longest, "root.img").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_NAME_DUPLICATE);
        assertThat(cloud.code(register(longest + "n", "root.img").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_NAME_MALFORMED);
        cloud.answer(cloud.bob, register(longest, "root.img").build());
    }

    @Test
    void whatIsMissingOrMalformedIsRefusedByName() {
        assertThat(cloud.code(register(null, "root.img").build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(register("x12", null).build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(register("x12", " ").build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(register("x12", "kernel:").build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(register("x12", "l".repeat(1025)).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(register("x12", "root.img").architecture("vax").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(
                        register("x12", "root.img").description("d".repeat(256)).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(register("x12", "root.img").rootDeviceName(" ").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(register("x12", "root.img")
                        .tagSpecifications(tags("instance"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(deregister(null))).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(deregister("nonsense"))).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_MALFORMED);
    }

    @Test
    void aFileThatTheStoreRefusesIsNotRegisteredAndTheReasonIsTold() {
        cloud.imageRefusal = "root.img has a backing file";

        assertThat(cloud.refusal(cloud.ann, register("x12", "root.img").build()))
                .hasMessage("root.img has a backing file")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.INVALID_MANIFEST);
        assertThat(cloud.store.state().all(Images.TABLE)).isEmpty();
        assertThat(cloud.store.state().all(ImageIds.TABLE)).isEmpty();
    }

    @Test
    void aDryRunRegistersAndDeregistersNothing() {
        String id = cloud.image("kept");

        assertThat(cloud.dryRun(register("x12", "root.img").build())).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.dryRun(deregister(id))).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(all(cloud.ann)).extracting(Image::imageId).containsExactly(id);
    }

    @Test
    void anotherAccountsImageIsAnsweredAsOneThatIsNotThere() {
        String id = cloud.image("private");
        Ec2Error refusal = cloud.refusal(cloud.bob, deregister(id));
        Ec2Error missing = cloud.refusal(cloud.bob, deregister("ami-00000000"));

        assertThat(refusal.code()).isEqualTo(missing.code()).isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(refusal.getMessage().replace(id, "ami-00000000")).isEqualTo(missing.getMessage());
        assertThat(cloud.refusal(
                                cloud.bob,
                                DescribeImagesRequest.builder().imageIds(id).build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(all(cloud.bob)).isEmpty();
        assertThat(all(cloud.ann)).hasSize(1);
    }

    @Test
    void aSharedImageIsEverybodysToSeeAndItsOwnersToDeregister() {
        String id = cloud.image("shared");
        cloud.share(id);

        assertThat(describe(cloud.bob, id).publicLaunchPermissions()).isTrue();
        assertThat(cloud.refusal(cloud.bob, deregister(id)).code()).isEqualTo(Ec2ErrorCode.AUTH_FAILURE);
        cloud.answer(cloud.ann, deregister(id));
        assertThat(all(cloud.bob)).isEmpty();
    }

    @Test
    void ownersAndLaunchersChooseAmongTheImages() {
        String own = cloud.image("own");
        String shared = cloud.image("shared");
        cloud.share(shared);
        DescribeImagesRequest.Builder asked = DescribeImagesRequest.builder();

        assertThat(ids(cloud.ann, asked.owners("self").build())).containsExactly(own, shared);
        assertThat(ids(cloud.bob, asked.owners("self").build())).isEmpty();
        assertThat(ids(cloud.bob, asked.owners("amazon").build())).containsExactly(shared);
        assertThat(ids(
                        cloud.bob,
                        asked.owners(cloud.ann.account().value(), "self").build()))
                .containsExactly(shared);
        assertThat(ids(
                        cloud.ann,
                        DescribeImagesRequest.builder().executableUsers("all").build()))
                .containsExactly(shared);
        assertThat(ids(
                        cloud.ann,
                        DescribeImagesRequest.builder().executableUsers("self").build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "name, web*, 1",
        "image-id, ami-*, 2",
        "image-type, machine, 2",
        "image-type, kernel, 1",
        "state, available, 3",
        "state, pending, 0",
        "architecture, x86_64, 3",
        "is-public, false, 3",
        "owner-id, *, 3",
        "kernel-id, aki-*, 1",
        "ramdisk-id, *, 0",
        "description, a server, 1",
        "manifest-location, kernel:vmlinuz, 1",
        "virtualization-type, hvm, 1",
        "root-device-type, ebs, 2",
        "creation-date, 2026-01-31T20:32:24.875Z, 3",
        "tag:role, web, 1",
        "tag-key, role, 1",
        "platform, *, 0"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        String kernel = id(register("kernel", "kernel:vmlinuz").build());
        id(register("web server", "web.img")
                .description("a server")
                .tagSpecifications(tags("image"))
                .build());
        id(register("mail server", "mail.img").kernelId(kernel).build());

        assertThat(ids(
                        cloud.ann,
                        DescribeImagesRequest.builder()
                                .filters(filter(name, value))
                                .build()))
                .hasSize(count);
    }

    @Test
    void anUnknownFilterIsRefusedAndSoAreIdsThatAreNotThere() {
        String id = cloud.image("x12");
        assertThat(cloud.code(DescribeImagesRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeImagesRequest.builder()
                        .imageIds(id, "ami-00000000")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(cloud.code(
                        DescribeImagesRequest.builder().imageIds("i-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_MALFORMED);
        assertThat(ids(
                        cloud.ann,
                        DescribeImagesRequest.builder().imageIds(id, id).build()))
                .containsExactly(id);
    }

    @Test
    void pagesTogetherAreTheWholeInItsOrder() {
        List<String> registered = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            registered.add(cloud.image("image-" + number));
        }
        List<String> seen = new ArrayList<>();
        String token = "";
        while (token != null) {
            DescribeImagesResponse page = (DescribeImagesResponse) cloud.answer(
                    cloud.ann,
                    DescribeImagesRequest.builder()
                            .maxResults(5)
                            .nextToken(token)
                            .build());
            assertThat(page.images()).hasSizeLessThanOrEqualTo(5);
            page.images().forEach(image -> seen.add(image.imageId()));
            token = page.nextToken();
        }

        assertThat(seen).isEqualTo(registered);
        assertThat(cloud.code(DescribeImagesRequest.builder()
                        .maxResults(5)
                        .imageIds(registered)
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
    }

    private static RegisterImageRequest.Builder register(String name, String location) {
        return RegisterImageRequest.builder().name(name).imageLocation(location);
    }

    private static DeregisterImageRequest deregister(String id) {
        return DeregisterImageRequest.builder().imageId(id).build();
    }

    private String id(RegisterImageRequest request) {
        return cloud.ask(RegisterImageResponse.class, request).imageId();
    }

    private Image describe(Caller caller, String id) {
        List<Image> images =
                images(caller, DescribeImagesRequest.builder().imageIds(id).build());
        assertThat(images).hasSize(1);
        return images.get(0);
    }

    private List<Image> all(Caller caller) {
        return images(caller, DescribeImagesRequest.builder().build());
    }

    private List<String> ids(Caller caller, DescribeImagesRequest request) {
        return images(caller, request).stream().map(Image::imageId).toList();
    }

    private List<Image> images(Caller caller, DescribeImagesRequest request) {
        return ((DescribeImagesResponse) cloud.answer(caller, request)).images();
    }

    private static TagSpecification tags(String resourceType) {
        return TagSpecification.builder()
                .resourceType(resourceType)
                .tags(Tag.builder().key("role").value("web").build())
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
