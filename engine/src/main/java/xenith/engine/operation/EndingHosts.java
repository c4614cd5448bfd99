package xenith.engine.operation;

import java.util.List;
import java.util.Optional;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.VirtualMachine;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Operations;

/** Who ends machines that their own host cannot end, or has nothing of: any host in service that may see their disks. */
public final class EndingHosts {
    private EndingHosts() {}

    /**
     * Who may try next, so that all have their turn; the machine's own host is one of them.
     *
     * @param tried who has tried, or cannot
     */
    public static Optional<HostId> after(Snapshot state, VirtualMachine vm, HostId tried) {
        Optional<Host> own = vm.host().flatMap(id -> state.find(Hosts.TABLE, id));
        List<HostId> able = state.all(Hosts.TABLE).stream()
                .filter(host -> host.state() == HostState.ON && !host.id().equals(tried))
                .filter(host -> own.map(host::isOfKindOf).orElse(false))
                .map(Host::id)
                .sorted()
                .toList();
        return able.stream().filter(id -> id.compareTo(tried) > 0).findFirst().or(() -> able.stream()
                .findFirst());
    }

    /** Hands the machine's work to that host, from its beginning. The machine stays where it is. */
    public static void hand(Transaction tx, VirtualMachine vm, HostId host) {
        tx.state()
                .by(Operations.BY_VM, Operations.TABLE, vm.id())
                .toList()
                .forEach(operation -> tx.put(Operations.TABLE, operation.movedTo(host, tx.now())));
    }
}
