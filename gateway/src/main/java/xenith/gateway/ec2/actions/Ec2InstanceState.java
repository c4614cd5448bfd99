package xenith.gateway.ec2.actions;

import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;

/** EC2's states of an instance, and the table from the engine's (state, work) to them. */
enum Ec2InstanceState {
    PENDING(0, "pending"),
    RUNNING(16, "running"),
    SHUTTING_DOWN(32, "shutting-down"),
    TERMINATED(48, "terminated"),
    STOPPING(64, "stopping"),
    STOPPED(80, "stopped");

    private final int code;
    private final String wireName;

    Ec2InstanceState(int code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    static Ec2InstanceState of(VirtualMachine vm) {
        return of(vm.state(), vm.work());
    }

    static Ec2InstanceState of(VmState state, Work work) {
        return switch (state) {
            case ENDED -> TERMINATED;
            case PENDING, HELD, DISPLACED -> work == Work.END ? SHUTTING_DOWN : PENDING;
            case RUNNING -> ofRunning(work);
            case PAUSED, SUSPENDED, SAVED, OFF -> ofResting(work);
        };
    }

    private static Ec2InstanceState ofRunning(Work work) {
        return switch (work) {
            case END -> SHUTTING_DOWN;
            case SHUT_DOWN, PAUSE, SUSPEND, SAVE -> STOPPING;
            case NONE, START, REBOOT, UNPAUSE, RESUME, RESTORE, RESIZE, DROP_MEMORY, MIGRATE, LIVE_MIGRATE -> RUNNING;
        };
    }

    private static Ec2InstanceState ofResting(Work work) {
        return switch (work) {
            case END -> SHUTTING_DOWN;
            case START, UNPAUSE, RESUME, RESTORE -> PENDING;
            case NONE, SHUT_DOWN, REBOOT, PAUSE, SUSPEND, SAVE, RESIZE, DROP_MEMORY, MIGRATE, LIVE_MIGRATE -> STOPPED;
        };
    }

    int code() {
        return code;
    }

    String wireName() {
        return wireName;
    }

    software.amazon.awssdk.services.ec2.model.InstanceState described() {
        return software.amazon.awssdk.services.ec2.model.InstanceState.builder()
                .code(code)
                .name(wireName)
                .build();
    }
}
