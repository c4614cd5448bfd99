package xenith.drivers.sim;

import java.util.Set;

/**
 * What goes wrong on a host, or on every host. Chances are 0 to 1 and drawn for each call by the world's seed.
 *
 * @param down nothing reaches the host: every call is {@code UNREACHABLE}; its guests run on
 * @param hung calls wait until this changes or their connection is closed
 * @param fails chance that a call is {@code FAILED} and nothing happens
 * @param losesAnswers chance that a changing call does its work and is {@code UNKNOWN}
 * @param late chance that a start, shutdown or destroy is {@code UNKNOWN}, and does its work later
 * @param lateMillis how much later
 * @param guestsCrash chance that a guest that starts crashes, {@link SimSettings#crashAfterMillis} after its start
 * @param guestsIgnoreShutdown whether guests run on when asked to shut down
 * @param calls to which {@code hung}, {@code fails}, {@code losesAnswers} and {@code late} apply
 */
public record SimFaults(
        boolean down,
        boolean hung,
        double fails,
        double losesAnswers,
        double late,
        long lateMillis,
        double guestsCrash,
        boolean guestsIgnoreShutdown,
        Set<SimCall> calls) {
    public static final SimFaults NONE = new SimFaults(false, false, 0, 0, 0, 0, 0, false, SimCall.all());

    public SimFaults {
        chance("fails", fails);
        chance("losesAnswers", losesAnswers);
        chance("late", late);
        chance("guestsCrash", guestsCrash);
        if (lateMillis < 0) {
            throw new IllegalArgumentException("lateMillis " + lateMillis + " is below 0");
        }
        calls = Set.copyOf(calls);
    }

    static void chance(String name, double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(name + " " + chance + " is not 0 to 1");
        }
    }

    public SimFaults withDown(boolean isDown) {
        return new SimFaults(
                isDown, hung, fails, losesAnswers, late, lateMillis, guestsCrash, guestsIgnoreShutdown, calls);
    }

    public SimFaults withHung(boolean isHung) {
        return new SimFaults(
                down, isHung, fails, losesAnswers, late, lateMillis, guestsCrash, guestsIgnoreShutdown, calls);
    }

    public SimFaults withFails(double chance) {
        return new SimFaults(
                down, hung, chance, losesAnswers, late, lateMillis, guestsCrash, guestsIgnoreShutdown, calls);
    }

    public SimFaults withLosesAnswers(double chance) {
        return new SimFaults(down, hung, fails, chance, late, lateMillis, guestsCrash, guestsIgnoreShutdown, calls);
    }

    public SimFaults withLate(double chance, long millis) {
        return new SimFaults(down, hung, fails, losesAnswers, chance, millis, guestsCrash, guestsIgnoreShutdown, calls);
    }

    public SimFaults withGuestsCrash(double chance) {
        return new SimFaults(down, hung, fails, losesAnswers, late, lateMillis, chance, guestsIgnoreShutdown, calls);
    }

    public SimFaults withGuestsIgnoreShutdown(boolean ignore) {
        return new SimFaults(down, hung, fails, losesAnswers, late, lateMillis, guestsCrash, ignore, calls);
    }

    /** The same faults for these calls only. */
    public SimFaults on(Set<SimCall> some) {
        return new SimFaults(
                down, hung, fails, losesAnswers, late, lateMillis, guestsCrash, guestsIgnoreShutdown, some);
    }

    boolean hangs(SimCall call) {
        return hung && calls.contains(call);
    }
}
