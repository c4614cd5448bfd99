package xenith.engine.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** How many machines the hosts have room for now, beside those that already wait for theirs. */
final class Admission {
    private Admission() {}

    /**
     * What besides room keeps machines off hosts.
     *
     * @param closed hosts that take none
     * @param perHost how many each of the others takes
     * @param spokenFor how many of the places are others' who wait for them
     */
    record Limits(Set<HostId> closed, int perHost, int spokenFor) {
        static final Limits NONE = new Limits(Set.of(), Integer.MAX_VALUE, 0);
    }

    /** @return 0 to {@code limit} */
    static int count(Snapshot state, LaunchRequest request, Limits limits, int limit) {
        long enough = (long) limit + limits.spokenFor();
        Deque<VirtualMachine> waiting =
                new ArrayDeque<>(state.by(Vms.WAITING, Vms.TABLE, true).toList());
        long count = 0;
        for (Host host : state.all(Hosts.TABLE)) {
            if (host.state() != HostState.ON) {
                continue;
            }
            Capacity room = roomBeside(waiting, host, Vms.room(state, host));
            boolean inZone = request.zone().isEmpty() || request.zone().get().equals(host.zone());
            if (inZone && !limits.closed().contains(host.id())) {
                count += Math.min(
                        Math.min(enough, limits.perHost()), request.capacity().timesInto(room));
            }
            if (waiting.isEmpty() && count >= enough) {
                break;
            }
        }
        return (int) Math.min(limit, Math.max(0, count - limits.spokenFor()));
    }

    /** Lets waiting machines take their part of the host first, oldest first. */
    private static Capacity roomBeside(Deque<VirtualMachine> waiting, Host host, Capacity room) {
        Capacity left = room;
        while (!waiting.isEmpty()) {
            VirtualMachine next = waiting.peek();
            boolean here =
                    next.spec().zone().isEmpty() || next.spec().zone().get().equals(host.zone());
            if (!here || !next.spec().capacity().fitsInto(left)) {
                break;
            }
            left = left.minus(waiting.poll().spec().capacity());
        }
        return left;
    }
}
