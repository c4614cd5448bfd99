package xenith.drivers.process;

import java.util.Optional;

/** What a program may be asked. A method with an ability is only asked of programs that say they have it. */
enum Method {
    HELLO("hello", Takes.HELLO),

    CONNECT("hypervisor.connect", Takes.QUICK),
    CLOSE("hypervisor.close", Takes.QUICK),
    REPORT("hypervisor.report", Takes.QUICK),
    DOMAINS("hypervisor.domains", Takes.QUICK),
    DOMAIN("hypervisor.domain", Takes.QUICK),
    START("hypervisor.start", Takes.LONG),
    REQUEST_SHUTDOWN("hypervisor.requestShutdown", Takes.QUICK, Ability.SHUTDOWN),
    DESTROY("hypervisor.destroy", Takes.LONG),
    REBOOT("hypervisor.reboot", Takes.QUICK, Ability.REBOOT),
    PAUSE("hypervisor.pause", Takes.QUICK, Ability.PAUSE),
    UNPAUSE("hypervisor.unpause", Takes.QUICK, Ability.PAUSE),
    SAVE("hypervisor.save", Takes.LONG, Ability.SAVE),
    RESTORE("hypervisor.restore", Takes.LONG, Ability.SAVE),
    DROP_MEMORY("hypervisor.dropMemory", Takes.QUICK, Ability.SAVE),
    MIGRATE("hypervisor.migrate", Takes.LONG, Ability.MIGRATE),
    IS_MOVING("hypervisor.isMoving", Takes.QUICK, Ability.MIGRATE),
    LEAVE("hypervisor.leave", Takes.LONG, Ability.MIGRATE),
    RESIZE("hypervisor.resize", Takes.QUICK),
    DEVICES("hypervisor.devices", Takes.QUICK, Ability.ATTACH),
    ATTACH_DISK("hypervisor.attachDisk", Takes.QUICK, Ability.ATTACH),
    DETACH_DISK("hypervisor.detachDisk", Takes.LONG, Ability.ATTACH),
    ATTACH_CARD("hypervisor.attachCard", Takes.QUICK, Ability.ATTACH),
    DETACH_CARD("hypervisor.detachCard", Takes.LONG, Ability.ATTACH),
    USAGES("hypervisor.usages", Takes.QUICK),
    CONSOLE("hypervisor.console", Takes.QUICK, Ability.CONSOLE),
    LOGS_CONSOLE("hypervisor.logsConsole", Takes.QUICK, Ability.CONSOLE),
    FORGET("hypervisor.forget", Takes.QUICK),
    FORGET_ANYWHERE("driver.forget", Takes.QUICK),

    EXAMINE("images.examine", Takes.LONG),
    PREPARE("images.prepare", Takes.LONG),
    ADOPT("images.adopt", Takes.QUICK),
    MEMORY_FILE("images.memoryFile", Takes.QUICK),
    DISCARD("images.discard", Takes.LONG),
    PRESENT("images.present", Takes.QUICK),

    SERVES_DHCP("networks.servesDhcp", Takes.QUICK),
    ENSURE("networks.ensure", Takes.QUICK),
    ADMIT("networks.admit", Takes.QUICK),
    WITHDRAW("networks.withdraw", Takes.QUICK),
    ADMITTED("networks.admitted", Takes.QUICK);

    private final String word;
    private final Takes takes;
    private final Optional<Ability> ability;

    Method(String word, Takes takes) {
        this.word = word;
        this.takes = takes;
        this.ability = Optional.empty();
    }

    Method(String word, Takes takes, Ability ability) {
        this.word = word;
        this.takes = takes;
        this.ability = Optional.of(ability);
    }

    /** Which limit holds. */
    private enum Takes {
        HELLO,
        QUICK,
        LONG
    }

    Optional<Ability> ability() {
        return ability;
    }

    long limitMillis(ProcessLimits limits) {
        return switch (takes) {
            case HELLO -> limits.helloMillis();
            case QUICK -> limits.quickMillis();
            case LONG -> limits.longMillis();
        };
    }

    /** As it stands on the wire. */
    @Override
    public String toString() {
        return word;
    }
}
