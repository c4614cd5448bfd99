package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import xenith.engine.model.AccountId;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.model.Virtualization;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.ImageInspection;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Images;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.ImageIds;

/** RegisterImage: looks at the file that the location names, then takes it up. */
final class RegisterImageAction {
    /** EC2's own rule. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}");

    private static final int MAX_DESCRIPTION_CHARS = 255;
    private static final int MAX_DEVICE_NAME_CHARS = 64;

    private final ImageCatalog catalog;
    private final ImageInspection inspection;
    private final ImageIds ids;
    private final Clock clock;

    RegisterImageAction(ImageCatalog catalog, ImageInspection inspection, ImageIds ids, Clock clock) {
        this.catalog = catalog;
        this.inspection = inspection;
        this.ids = ids;
        this.clock = clock;
    }

    RegisterImageResponse registerImage(Ec2Call call, RegisterImageRequest request) {
        AccountId account = call.caller().account();
        List<Tag> tags = TagRules.forNew("image", request.tagSpecifications());
        Image asked = asked(call.state(), account, request);
        requireFree(call.state(), asked);
        Optional<String> rootDeviceName = rootDeviceName(request.rootDeviceName());
        // A driver reads the file, which may take long, so it is done before the unit of work and not within.
        Image examined = inspection.inspect(asked);
        String id = call.write(tx -> {
            requireFree(tx.state(), asked);
            Image registered = catalog.register(tx, call.caller(), examined);
            String minted = ids.of(tx.state(), call.caller().user()).add(tx, registered, rootDeviceName);
            TagRules.write(tx, account, minted, tags);
            return minted;
        });
        return RegisterImageResponse.builder().imageId(id).build();
    }

    private Image asked(Snapshot state, AccountId account, RegisterImageRequest request) {
        String name = name(request.name());
        ImageLocation location = ImageLocation.parse(request.imageLocation());
        Optional<ImageId> kernel = part(state, account, request.kernelId(), ImageKind.KERNEL);
        Optional<ImageId> ramdisk = part(state, account, request.ramdiskId(), ImageKind.RAMDISK);
        checkBoot(location, kernel, ramdisk);
        Optional<Virtualization> virtualization =
                virtualization(request.virtualizationType(), location.kind(), kernel.isPresent());
        return new Image(
                // Its own comes with its registration.
                new ImageId(1),
                account,
                name,
                description(request.description()),
                location.kind(),
                architecture(request.architectureAsString()),
                location.path(),
                DiskFormat.RAW,
                0,
                0,
                kernel,
                ramdisk,
                virtualization,
                false,
                ImageState.PENDING,
                "",
                clock.instant());
    }

    private static void checkBoot(ImageLocation location, Optional<ImageId> kernel, Optional<ImageId> ramdisk) {
        boolean machine = location.kind() == ImageKind.MACHINE;
        if (!machine && (kernel.isPresent() || ramdisk.isPresent())) {
            throw Refusals.combination("A kernel or ramdisk has no KernelId and no RamdiskId");
        }
        if (ramdisk.isPresent() && kernel.isEmpty()) {
            throw Refusals.combination("The parameter RamdiskId needs the parameter KernelId");
        }
    }

    private static Optional<Virtualization> virtualization(String asked, ImageKind kind, boolean hasKernel) {
        if (asked == null) {
            return Optional.empty();
        }
        return switch (asked) {
            case "paravirtual" -> Optional.of(Virtualization.PARAVIRTUAL);
            case "hvm" -> {
                if (kind != ImageKind.MACHINE || hasKernel) {
                    throw Refusals.combination("A kernel is paravirtual, and so is an image with one, not hvm");
                }
                yield Optional.of(Virtualization.HVM);
            }
            default -> throw Refusals.invalidValue("VirtualizationType", asked, "Expecting paravirtual or hvm");
        };
    }

    private static Optional<ImageId> part(Snapshot state, AccountId account, String id, ImageKind kind) {
        return Optional.ofNullable(id)
                .map(named ->
                        ImageView.require(state, account, named, kind).image().id());
    }

    private static String name(String name) {
        if (name == null) {
            throw Refusals.missing("Name");
        }
        if (!NAME.matcher(name).matches()) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_AMI_NAME_MALFORMED,
                    "AMI name '%s' is invalid: 3 to 128 letters, digits, spaces and ()[]./'@_- make a name"
                            .formatted(Refusals.shown(name)));
        }
        return name;
    }

    static String description(String text) {
        if (text != null && text.length() > MAX_DESCRIPTION_CHARS) {
            throw Refusals.invalidValue(
                    "Description", text, "It is longer than " + MAX_DESCRIPTION_CHARS + " characters");
        }
        return text == null ? "" : text;
    }

    private static String architecture(String name) {
        String asked = name == null ? "x86_64" : name;
        return Architecture.ofEc2Name(asked)
                .map(Architecture::engineName)
                .orElseThrow(() -> Refusals.invalidValue("Architecture", asked, "Expecting i386, x86_64 or arm64"));
    }

    private static Optional<String> rootDeviceName(String name) {
        if (name != null && (name.isBlank() || name.length() > MAX_DEVICE_NAME_CHARS)) {
            throw Refusals.invalidValue(
                    "RootDeviceName", name, "Expecting 1 to " + MAX_DEVICE_NAME_CHARS + " characters");
        }
        return Optional.ofNullable(name);
    }

    private static void requireFree(Snapshot state, Image image) {
        if (state.count(Images.BY_NAME, new Images.Name(image.owner(), image.name())) > 0) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_AMI_NAME_DUPLICATE,
                    "AMI name '%s' is already in use by another image of this account".formatted(image.name()));
        }
    }
}
