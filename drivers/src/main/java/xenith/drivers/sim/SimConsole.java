package xenith.drivers.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a machine's console log is made of.
 *
 * @param boots the last {@value #MAX_BOOTS}, oldest first
 */
record SimConsole(String instanceId, String hostname, String userDataBase64, List<Boot> boots) {
    private static final int MAX_BOOTS = 16;

    SimConsole {
        boots = List.copyOf(boots);
    }

    /**
     * One boot.
     *
     * @param number how often the machine's disk had been booted then
     * @param endsAtMillis when the guest went, {@link SimDomain#NEVER} while it runs
     * @param ending its last line
     */
    record Boot(
            long number,
            long atMillis,
            String kernelArguments,
            List<String> addresses,
            long endsAtMillis,
            String ending) {
        Boot {
            addresses = List.copyOf(addresses);
        }
    }

    SimConsole with(Boot boot) {
        List<Boot> more = new ArrayList<>(boots);
        more.add(boot);
        return new SimConsole(
                instanceId, hostname, userDataBase64, more.subList(Math.max(0, more.size() - MAX_BOOTS), more.size()));
    }

    /** The same log, with its running boot ended unless it ended earlier. */
    SimConsole endedAt(long millis, String ending) {
        List<Boot> more = new ArrayList<>(boots);
        Boot last = more.remove(more.size() - 1);
        if (last.endsAtMillis() <= millis) {
            return this;
        }
        more.add(new Boot(last.number(), last.atMillis(), last.kernelArguments(), last.addresses(), millis, ending));
        return new SimConsole(instanceId, hostname, userDataBase64, more);
    }

    /** The log as it is at a time, when a guest says its words that long after its start. */
    byte[] textAt(long nowMillis, long bootMillis) {
        StringBuilder text = new StringBuilder();
        for (Boot boot : boots) {
            text.append("[    0.000000] Linux version 6.1.0-sim (xenith@sim)\n");
            text.append("[    0.000000] Command line: console=ttyS0 ")
                    .append(boot.kernelArguments())
                    .append('\n');
            long readyAt = boot.atMillis() + bootMillis;
            if (readyAt <= nowMillis && readyAt <= boot.endsAtMillis()) {
                words(text, boot);
            }
            if (boot.endsAtMillis() <= nowMillis && !boot.ending().isEmpty()) {
                text.append(boot.ending()).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the small real guest says, in its words. */
    private void words(StringBuilder text, Boot boot) {
        text.append("\n=================== xenith guest ===================\n");
        text.append("instance-id: ").append(instanceId).append('\n');
        text.append("hostname: ").append(hostname).append('\n');
        text.append("boot number ").append(boot.number()).append('\n');
        boot.addresses()
                .forEach(address -> text.append("address: ").append(address).append('\n'));
        byte[] userData = Base64.getDecoder().decode(userDataBase64);
        if (userData.length > 0) {
            text.append("user-data: ").append(userData.length).append(" bytes\n-----BEGIN USER DATA-----\n");
            text.append(new String(userData, StandardCharsets.UTF_8)).append("\n-----END USER DATA-----\n");
        }
        text.append("xenith guest ready\n");
    }

    /** May hold secrets. */
    @Override
    public String toString() {
        return "SimConsole[" + instanceId + ", " + boots.size() + " boots]";
    }
}
