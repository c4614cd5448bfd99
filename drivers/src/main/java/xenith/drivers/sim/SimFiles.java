package xenith.drivers.sim;

import java.util.UUID;

/** Names of the files that simulated hosts hold: {@code sim:HOST/VM/disk}. */
final class SimFiles {
    static final String PREFIX = "sim:";

    private SimFiles() {}

    static String name(SimHost host, UUID vm, String what) {
        return folder(host, vm) + what;
    }

    /** Whether the host has a machine's file of that name. */
    static boolean areOf(SimHost host, UUID vm, String file) {
        return file.startsWith(folder(host, vm)) && host.find(SimKind.CLONE, vm).isPresent();
    }

    private static String folder(SimHost host, UUID vm) {
        return PREFIX + host.name() + "/" + vm + "/";
    }
}
