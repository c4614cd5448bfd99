package xenith.gateway.ec2.actions;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.StateReason;
import xenith.engine.model.AccountId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.service.ImageCatalog;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.ImageShares;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.Tags;

/** Looking at images, and forgetting them. {@link RegisterImageAction} adds them. */
final class ImageActions {
    private static final Filters<ImageView> FILTERS = new Filters<ImageView>()
            .one("image-id", ImageView::id)
            .one("name", view -> view.image().name())
            .one("description", view -> view.image().description())
            .one("state", view -> stateName(view.image().state()))
            .one("image-type", view -> typeName(view.image().kind()))
            .one("architecture", view -> Architecture.ec2Name(view.image().arch()))
            .one("is-public", view -> Boolean.toString(view.image().shared()))
            .one("owner-id", view -> view.image().owner().value())
            .one("manifest-location", view -> ImageLocation.of(view.image()))
            .one("creation-date", view -> Timestamps.text(view.image().createdAt()))
            .one("virtualization-type", ImageView::virtualizationType)
            .one("hypervisor", view -> "xen")
            .one("state-reason-message", view -> view.image().reason())
            .many("kernel-id", view -> view.kernelId().stream().toList())
            .many("ramdisk-id", view -> view.ramdiskId().stream().toList())
            .many("root-device-name", view -> view.rootDeviceName().stream().toList())
            .many("root-device-type", view -> view.rootDeviceName().map(name -> ImageView.ROOT_DEVICE_TYPE).stream()
                    .toList())
            .tags(ImageView::tags)
            .one("free-tier-eligible", view -> "false")
            .one("image-allowed", view -> "true")
            .none("source-image-id", "source-image-region", "source-instance-id")
            .none("owner-alias", "platform", "product-code", "product-code.type", "state-reason-code")
            .none("block-device-mapping.device-name", "block-device-mapping.snapshot-id")
            .none("block-device-mapping.volume-size", "block-device-mapping.volume-type", "ena-support")
            .none("block-device-mapping.delete-on-termination", "block-device-mapping.encrypted")
            .none("sriov-net-support");

    private static final Set<String> OWNERS = Set.of("self", "amazon", "aws-marketplace", "aws-backup-vault");
    private static final Set<String> EXECUTORS = Set.of("self", ImageAttribute.EVERYBODY);

    private static final Comparator<ImageView> BY_AGE =
            Comparator.comparing(view -> view.image().id());

    private final ImageCatalog catalog;

    ImageActions(ImageCatalog catalog) {
        this.catalog = catalog;
    }

    DescribeImagesResponse describeImages(Ec2Call call, DescribeImagesRequest request) {
        Page.refuseWithIds(request.maxResults(), request.imageIds(), "ImageId");
        checkUsers(request.owners(), OWNERS);
        checkUsers(request.executableUsers(), EXECUTORS);
        Predicate<ImageView> wanted = FILTERS.compile(request.filters());
        AccountId account = call.caller().account();
        Stream<ImageView> candidates = request.imageIds().isEmpty()
                ? ImageView.all(call.state(), account)
                : requireAll(call.state(), account, request.imageIds()).stream();
        List<ImageView> sorted = candidates
                .filter(view ->
                        request.owners().isEmpty() || request.owners().stream().anyMatch(owner -> isOwner(owner, view)))
                .filter(view -> request.executableUsers().isEmpty()
                        || request.executableUsers().stream().anyMatch(user -> mayLaunch(user, view)))
                .filter(wanted)
                .sorted(BY_AGE)
                .toList();
        Page<ImageView> page =
                Page.of(call, request, request.maxResults(), request.nextToken(), sorted, ImageActions::place);
        return DescribeImagesResponse.builder()
                .images(page.items().stream().map(ImageActions::described).toList())
                .nextToken(page.nextToken())
                .build();
    }

    DeregisterImageResponse deregisterImage(Ec2Call call, DeregisterImageRequest request) {
        AccountId account = call.caller().account();
        call.write(tx -> {
            ImageView view = ImageView.requireOwn(tx.state(), account, request.imageId());
            Tags.removeAll(tx, view.id());
            return catalog.deregister(tx, call.caller(), view.image().id());
        });
        return DeregisterImageResponse.builder().build();
    }

    static String stateName(ImageState state) {
        return switch (state) {
            case PENDING -> "pending";
            case AVAILABLE -> "available";
            case FAILED -> "failed";
            case DEREGISTERED -> "deregistered";
        };
    }

    private static String typeName(ImageKind kind) {
        return switch (kind) {
            case MACHINE -> "machine";
            case KERNEL -> "kernel";
            case RAMDISK -> "ramdisk";
        };
    }

    private static List<ImageView> requireAll(Snapshot state, AccountId account, List<String> ids) {
        ids.stream().filter(id -> !ImageView.isWellFormed(id)).findFirst().ifPresent(id -> {
            throw ImageView.malformed(id, "ami-...");
        });
        List<String> missing = ids.stream()
                .filter(id -> ImageView.find(state, account, id).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw ImageView.notFound(missing);
        }
        return ids.stream()
                .distinct()
                .map(id -> ImageView.require(state, account, id))
                .toList();
    }

    /** {@code amazon} stands for the cloud itself: what is shared with everybody. */
    private static boolean isOwner(String owner, ImageView view) {
        return switch (owner) {
            case "self" -> view.isOwn();
            case "amazon" -> view.image().shared();
            case "aws-marketplace", "aws-backup-vault" -> false;
            default -> view.image().owner().value().equals(owner);
        };
    }

    /** Whether that user has been let launch it: owners may without. */
    private static boolean mayLaunch(String user, ImageView view) {
        return switch (user) {
            case ImageAttribute.EVERYBODY -> view.image().shared();
            case "self" -> ImageShares.isWith(view.state(), view.image().id(), view.viewer());
            default -> ImageShares.isWith(view.state(), view.image().id(), new AccountId(user));
        };
    }

    private static void checkUsers(List<String> users, Set<String> words) {
        for (String user : users) {
            if (!words.contains(user)
                    && !LaunchPermissionChange.ACCOUNT.matcher(user).matches()) {
                throw new Ec2Error(
                        Ec2ErrorCode.INVALID_USER_ID_MALFORMED,
                        "Invalid user id: \"%s\"".formatted(Refusals.shown(user)));
            }
        }
    }

    private static String place(ImageView view) {
        return Page.place(view.image().id().value());
    }

    private static Image described(ImageView view) {
        xenith.engine.model.Image image = view.image();
        Optional<StateReason> reason = Optional.of(image.reason())
                .filter(text -> !text.isEmpty())
                .map(text -> StateReason.builder()
                        .code("Server.InternalError")
                        .message(text)
                        .build());
        return Image.builder()
                .imageId(view.id())
                .imageLocation(ImageLocation.of(image))
                .state(stateName(image.state()))
                .ownerId(image.owner().value())
                .publicLaunchPermissions(image.shared())
                .productCodes(List.of())
                .architecture(Architecture.ec2Name(image.arch()))
                .imageType(typeName(image.kind()))
                .kernelId(view.kernelId().orElse(null))
                .ramdiskId(view.ramdiskId().orElse(null))
                .stateReason(reason.orElse(null))
                .name(image.name())
                .description(image.description())
                .rootDeviceType(view.rootDeviceName()
                        .map(name -> ImageView.ROOT_DEVICE_TYPE)
                        .orElse(null))
                .rootDeviceName(view.rootDeviceName().orElse(null))
                .blockDeviceMappings(List.of())
                .virtualizationType(view.virtualizationType())
                .hypervisor("xen")
                .creationDate(Timestamps.text(image.createdAt()))
                .tags(TagRules.described(view.tags()))
                .build();
    }
}
