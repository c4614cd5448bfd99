package xenith.engine.service;

import java.util.ArrayDeque;
import java.util.Deque;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Vms;

/** How many machines the hosts have room for now, beside those that already wait for theirs. */
final class Admission {
    private Admission() {}

    /** @return 0 to {@code limit} */
    static int count(Snapshot state, LaunchRequest request, int limit) {
        Deque<VirtualMachine> waiting =
                new ArrayDeque<>(state.by(Vms.WAITING, Vms.TABLE, true).toList());
        long count = 0;
        for (Host host : state.all(Hosts.TABLE)) {
            if (host.state() != HostState.ON) {
                continue;
            }
            Capacity room = roomBeside(waiting, host, Vms.room(state, host));
            if (request.zone().isEmpty() || request.zone().get().equals(host.zone())) {
                count += Math.min(limit, request.capacity().timesInto(room));
            }
            if (waiting.isEmpty() && count >= limit) {
                break;
            }
        }
        return (int) Math.min(limit, count);
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
