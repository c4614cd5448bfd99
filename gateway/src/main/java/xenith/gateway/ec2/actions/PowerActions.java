package xenith.gateway.ec2.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Caller;
import xenith.engine.model.VirtualMachine;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Transaction;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** Starting, stopping, rebooting and ending instances: all that are named, or none. */
final class PowerActions {
    private final VirtualMachines machines;

    PowerActions(VirtualMachines machines) {
        this.machines = machines;
    }

    StartInstancesResponse startInstances(Ec2Call call, StartInstancesRequest request) {
        return StartInstancesResponse.builder()
                .startingInstances(change(call, request.instanceIds(), PowerChange.START))
                .build();
    }

    /** Every stop forces in the end: the engine switches off a guest that does not shut down in time. */
    StopInstancesResponse stopInstances(Ec2Call call, StopInstancesRequest request) {
        return StopInstancesResponse.builder()
                .stoppingInstances(change(call, request.instanceIds(), PowerChange.STOP))
                .build();
    }

    RebootInstancesResponse rebootInstances(Ec2Call call, RebootInstancesRequest request) {
        change(call, request.instanceIds(), PowerChange.REBOOT);
        return RebootInstancesResponse.builder().build();
    }

    TerminateInstancesResponse terminateInstances(Ec2Call call, TerminateInstancesRequest request) {
        return TerminateInstancesResponse.builder()
                .terminatingInstances(change(call, request.instanceIds(), PowerChange.TERMINATE))
                .build();
    }

    private List<InstanceStateChange> change(Ec2Call call, List<String> ids, PowerChange change) {
        if (ids.isEmpty()) {
            throw Refusals.missing("InstanceId");
        }
        return call.write(tx -> {
            List<InstanceStateChange> changes = new ArrayList<>();
            for (InstanceView view :
                    InstanceActions.requireAll(tx.state(), call.caller().account(), ids, tx.now())) {
                VirtualMachine after = changed(tx, call.caller(), view, change);
                changes.add(InstanceStateChange.builder()
                        .instanceId(view.id())
                        .previousState(view.instanceState().described())
                        .currentState(Ec2InstanceState.of(after).described())
                        .build());
            }
            return changes;
        });
    }

    private VirtualMachine changed(Transaction tx, Caller caller, InstanceView view, PowerChange change) {
        return switch (change.stepFor(view.vm())) {
            case LEAVE -> view.vm();
            case REFUSE -> throw refused(view, change);
            case ACT -> act(tx, caller, view, change);
        };
    }

    private VirtualMachine act(Transaction tx, Caller caller, InstanceView view, PowerChange change) {
        VirtualMachine vm = view.vm();
        Optional<VmEvent> event = change.eventFor(vm.state())
                .filter(possible ->
                        Lifecycle.find(vm.state(), vm.work(), possible).isPresent());
        if (event.isEmpty()) {
            throw refused(view, change);
        }
        try {
            return machines.request(tx, caller, vm.id(), event.get());
        } catch (EngineException refusal) {
            if (refusal.code() == ErrorCode.PROTECTED) {
                throw new Ec2Error(
                        Ec2ErrorCode.OPERATION_NOT_PERMITTED,
                        "The instance '%s' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."
                                .formatted(view.id()),
                        refusal);
            }
            if (refusal.code() == ErrorCode.NO_CAPACITY) {
                throw new Ec2Error(
                        Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY,
                        "The host of instance '%s' has no room to start it now".formatted(view.id()),
                        refusal);
            }
            throw refusal;
        }
    }

    private static Ec2Error refused(InstanceView view, PowerChange change) {
        return new Ec2Error(
                Ec2ErrorCode.INCORRECT_INSTANCE_STATE,
                "The instance '%s' is %s, a state from which it cannot be %s"
                        .formatted(view.id(), view.instanceState().wireName(), change.done()));
    }
}
