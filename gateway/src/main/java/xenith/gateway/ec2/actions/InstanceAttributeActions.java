package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetInstanceAttributeResponse;
import xenith.engine.model.BootSource;
import xenith.engine.model.Caller;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.InstanceType;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmSize;
import xenith.engine.model.VmSpec;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.service.MachineSettings;
import xenith.engine.store.Transaction;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** Instances' attributes: one of one instance at a time. */
final class InstanceAttributeActions {
    private final MachineSettings settings = new MachineSettings();
    private final Clock clock;

    InstanceAttributeActions(Clock clock) {
        this.clock = clock;
    }

    DescribeInstanceAttributeResponse describeInstanceAttribute(
            Ec2Call call, DescribeInstanceAttributeRequest request) {
        InstanceAttribute attribute = InstanceAttribute.named(request.attributeAsString());
        InstanceView view =
                InstanceActions.require(call.state(), call.caller().account(), request.instanceId(), clock.instant());
        return attribute.describedOf(view);
    }

    ModifyInstanceAttributeResponse modifyInstanceAttribute(Ec2Call call, ModifyInstanceAttributeRequest request) {
        AttributeChange change = AttributeChange.of(request);
        call.write(tx -> modified(tx, call.caller(), changeable(tx, call, request.instanceId()), change, request));
        return ModifyInstanceAttributeResponse.builder().build();
    }

    ResetInstanceAttributeResponse resetInstanceAttribute(Ec2Call call, ResetInstanceAttributeRequest request) {
        InstanceAttribute attribute = InstanceAttribute.named(request.attributeAsString());
        call.write(tx -> reset(tx, call.caller(), changeable(tx, call, request.instanceId()), attribute));
        return ResetInstanceAttributeResponse.builder().build();
    }

    private static InstanceView changeable(Transaction tx, Ec2Call call, String id) {
        InstanceView view = InstanceActions.require(tx.state(), call.caller().account(), id, tx.now());
        return switch (view.instanceState()) {
            case PENDING, RUNNING, STOPPING, STOPPED -> view;
            case SHUTTING_DOWN, TERMINATED ->
                throw new Ec2Error(
                        Ec2ErrorCode.INCORRECT_INSTANCE_STATE,
                        "The instance '%s' is %s, a state in which it cannot be modified"
                                .formatted(view.id(), view.instanceState().wireName()));
        };
    }

    private VirtualMachine modified(
            Transaction tx,
            Caller caller,
            InstanceView view,
            AttributeChange change,
            ModifyInstanceAttributeRequest request) {
        return switch (change.attribute()) {
            case INSTANCE_TYPE -> {
                InstanceType type = type(change.value());
                yield respecified(
                        tx,
                        caller,
                        view,
                        spec -> spec.sized(new VmSize(
                                type.name(),
                                type.vcpus(),
                                type.capacity().cpu(),
                                type.capacity().memoryMib())));
            }
            case KERNEL -> {
                ImageId kernel = part(view, change.value(), ImageKind.KERNEL);
                yield booting(tx, caller, view, Optional.of(kernel), boot(view).ramdisk());
            }
            case RAMDISK -> {
                ImageId ramdisk = part(view, change.value(), ImageKind.RAMDISK);
                yield booting(tx, caller, view, boot(view).kernel(), Optional.of(ramdisk));
            }
            case USER_DATA -> {
                String userData = UserData.checked(change.value());
                yield respecified(
                        tx, caller, view, spec -> spec.told(spec.context().withUserData(userData)));
            }
            case DISABLE_API_TERMINATION ->
                settings.protect(tx, caller, view.vm().id(), change.flag());
            case SHUTDOWN_BEHAVIOR ->
                settings.endOnShutdown(tx, caller, view.vm().id(), LaunchPlan.endsOnShutdown(change.value()));
            case GROUP_SET -> {
                view.group().requireOnly(List.of(), request.groups());
                yield view.vm();
            }
            case BLOCK_DEVICE_MAPPING -> {
                request.blockDeviceMappings().forEach(mapping -> checkMapping(view, mapping));
                yield view.vm();
            }
            case EBS_OPTIMIZED, ENA_SUPPORT, DISABLE_API_STOP -> {
                if (change.flag()) {
                    throw Refusals.unsupported(
                            "The attribute " + change.attribute().wireName() + " can only be false");
                }
                yield view.vm();
            }
            case SOURCE_DEST_CHECK -> throw onlyInPrivateNetworks();
            case ROOT_DEVICE_NAME, PRODUCT_CODES, SRIOV_NET_SUPPORT, ENCLAVE_OPTIONS ->
                throw Refusals.unsupported("The attribute " + change.attribute().wireName() + " cannot be modified");
        };
    }

    private VirtualMachine reset(Transaction tx, Caller caller, InstanceView view, InstanceAttribute attribute) {
        return switch (attribute) {
            case KERNEL ->
                booting(
                        tx,
                        caller,
                        view,
                        view.image().flatMap(Image::kernel),
                        boot(view).ramdisk());
            case RAMDISK ->
                booting(tx, caller, view, boot(view).kernel(), view.image().flatMap(Image::ramdisk));
            case SOURCE_DEST_CHECK -> throw onlyInPrivateNetworks();
            case INSTANCE_TYPE,
                    USER_DATA,
                    DISABLE_API_TERMINATION,
                    SHUTDOWN_BEHAVIOR,
                    ROOT_DEVICE_NAME,
                    BLOCK_DEVICE_MAPPING,
                    PRODUCT_CODES,
                    GROUP_SET,
                    EBS_OPTIMIZED,
                    SRIOV_NET_SUPPORT,
                    ENA_SUPPORT,
                    ENCLAVE_OPTIONS,
                    DISABLE_API_STOP ->
                throw Refusals.invalidValue(
                        "Attribute", attribute.wireName(), "Only kernel, ramdisk and sourceDestCheck can be reset");
        };
    }

    private VirtualMachine booting(
            Transaction tx, Caller caller, InstanceView view, Optional<ImageId> kernel, Optional<ImageId> ramdisk) {
        if (kernel.isEmpty() && ramdisk.isPresent()) {
            throw Refusals.combination("The instance '" + view.id() + "' would have a ramdisk and no kernel");
        }
        BootSource now = boot(view);
        BootSource wanted = new BootSource(now.disk(), kernel, ramdisk, now.kernelArguments());
        return respecified(tx, caller, view, spec -> spec.booting(wanted));
    }

    private VirtualMachine respecified(Transaction tx, Caller caller, InstanceView view, UnaryOperator<VmSpec> change) {
        // The stopped state of EC2 has others in it, of machines whose memory is kept and must not change.
        if (view.vm().state() != VmState.OFF || view.vm().work() != Work.NONE) {
            throw new Ec2Error(
                    Ec2ErrorCode.INCORRECT_INSTANCE_STATE,
                    "The instance '%s' is not in the 'stopped' state".formatted(view.id()));
        }
        return settings.respecify(tx, caller, view.vm().id(), change);
    }

    private static BootSource boot(InstanceView view) {
        return view.vm().spec().boot();
    }

    private static InstanceType type(String name) {
        return InstanceTypes.find(name)
                .orElseThrow(() -> new Ec2Error(
                        Ec2ErrorCode.INVALID_INSTANCE_ATTRIBUTE_VALUE,
                        "Invalid value '%s' for instanceType. DescribeInstanceTypes lists the instance types there are"
                                .formatted(Refusals.shown(name))));
    }

    private static ImageId part(InstanceView view, String id, ImageKind kind) {
        ImageView image = ImageView.require(view.state(), view.entry().account(), id, kind);
        return LaunchPlan.available(image).image().id();
    }

    /** The root device is all there is, and it goes with its instance. */
    private static void checkMapping(InstanceView view, InstanceBlockDeviceMappingSpecification mapping) {
        if (mapping.deviceName() == null) {
            throw Refusals.missing("BlockDeviceMapping.DeviceName");
        }
        if (!mapping.deviceName().equals(view.rootDeviceName())) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_INSTANCE_ATTRIBUTE_VALUE,
                    "No device is currently mapped at %s".formatted(Refusals.shown(mapping.deviceName())));
        }
        if (mapping.ebs() == null || !Boolean.TRUE.equals(mapping.ebs().deleteOnTermination())) {
            throw Refusals.unsupported(
                    "BlockDeviceMapping.Ebs.DeleteOnTermination can only be true for the root device "
                            + view.rootDeviceName());
        }
    }

    private static Ec2Error onlyInPrivateNetworks() {
        return Refusals.combination("You may only modify the sourceDestCheck attribute for VPC instances");
    }
}
