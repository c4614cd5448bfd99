package xenith.gateway.ec2.actions;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.StateReason;
import xenith.engine.model.VirtualMachine;

/**
 * Why an instance is in its state, in EC2's words.
 *
 * @param code as {@code Client.UserInitiatedShutdown}
 */
record InstanceReason(String code, String message) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Empty while there is nothing to explain, as for an instance that runs because it was asked to. */
    static Optional<InstanceReason> of(VirtualMachine vm) {
        boolean atRest =
                switch (Ec2InstanceState.of(vm)) {
                    case PENDING, RUNNING -> false;
                    case SHUTTING_DOWN, TERMINATED, STOPPING, STOPPED -> true;
                };
        String message = vm.reason().message();
        return switch (vm.reason().code()) {
            case NONE -> Optional.empty();
            case USER -> atRest ? reason("Client.UserInitiatedShutdown", "User initiated shutdown") : Optional.empty();
            case GUEST ->
                atRest ? reason("Client.InstanceInitiatedShutdown", "Instance initiated shutdown") : Optional.empty();
            case CAPACITY -> reason("Server.InsufficientInstanceCapacity", message);
            case FAULT -> reason("Server.InternalError", message);
        };
    }

    /** The text of {@code reason}; empty when there is nothing to explain. */
    static String transition(VirtualMachine vm) {
        return of(vm).map(reason -> switch (vm.reason().code()) {
                    case USER -> "User initiated (" + TIME.format(vm.stateSince()) + ")";
                    case NONE, GUEST, CAPACITY, FAULT -> reason.text();
                })
                .orElse("");
    }

    StateReason described() {
        return StateReason.builder().code(code).message(text()).build();
    }

    private String text() {
        return code + ": " + message;
    }

    private static Optional<InstanceReason> reason(String code, String message) {
        return Optional.of(new InstanceReason(code, message));
    }
}
