package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import xenith.engine.lease.Earliest.How;
import xenith.engine.lease.SchedulerSettings.Migration;
import xenith.engine.lease.SchedulerSettings.PreparationMode;

/**
 * Images come by multicast from one repository, one transfer at a time: as soon as possible for those that wait, as late
 * as possible for reservations. Nodes may keep them.
 */
final class ImageTransfers implements Preparation {
    private final SchedulerSettings settings;
    private final Overheads overheads;
    private final Predicate<Slot> begun;
    private final boolean reuses;
    private final ImageCache[] caches;
    private final TransferQueue queue = new TransferQueue();

    /** @param begun whether a slot's time has begun */
    ImageTransfers(SchedulerSettings settings, Overheads overheads, int nodes, Predicate<Slot> begun) {
        this.settings = settings;
        this.overheads = overheads;
        this.begun = begun;
        this.reuses = settings.preparation() == PreparationMode.REUSE;
        this.caches = new ImageCache[nodes + 1];
        for (int node = 1; node <= nodes; node++) {
            caches[node] = new ImageCache(settings.cacheMib());
        }
    }

    @Override
    public EarliestStarts earliest(Lease lease, long now) {
        int nodes = caches.length - 1;
        if (lease.request().image().isEmpty()) {
            return EarliestStarts.everywhere(nodes, Earliest.now(now));
        }
        DiskImage image = lease.request().image().get();
        long millis = overheads.transferMillis(image.sizeMib());
        long start = queue.nextStart(now, millis);
        Map<Integer, Earliest> kept = new HashMap<>();
        for (int node = 1; reuses && node <= nodes; node++) {
            if (caches[node].has(image.id())) {
                kept.put(node, new Earliest(now, How.REUSE, start, null));
            }
        }
        EarliestStarts earliest =
                new EarliestStarts(nodes, new Earliest(start + millis, How.TRANSFER, start, null), kept);
        for (Transfer transfer : queue) {
            if (!begun.test(transfer.slot()) && transfer.image().id().equals(image.id()) && transfer.end() > now) {
                earliest = earliest.orSharing(transfer);
            }
        }
        return earliest;
    }

    @Override
    public boolean canBeReady(Lease lease, long now) {
        return lease.request().image().isEmpty() || lastStart(lease, now).isPresent();
    }

    private OptionalLong lastStart(Lease lease, long now) {
        long millis =
                overheads.transferMillis(lease.request().image().orElseThrow().sizeMib());
        long deadline = lease.request().startMillis().orElseThrow();
        return settings.has(Rule.TRANSFERS_IN_TIME)
                ? queue.lastStart(now, deadline, millis)
                : OptionalLong.of(queue.ancestorsLastStart(deadline, millis));
    }

    @Override
    public Prepared prepare(Lease lease, Stay stay, EarliestStarts earliest, long now) {
        if (lease.request().image().isEmpty()) {
            return new Prepared(List.of(), true);
        }
        return lease.request().kind() == LeaseKind.ADVANCE_RESERVATION
                ? reserved(lease, stay, now)
                : soon(lease, stay, earliest);
    }

    private Prepared reserved(Lease lease, Stay stay, long now) {
        DiskImage image = lease.request().image().orElseThrow();
        long start = lease.request().startMillis().orElseThrow();
        List<Integer> missing = new ArrayList<>();
        for (int machine = 0; machine < stay.machines(); machine++) {
            ImageCache cache = caches[stay.node(machine)];
            boolean there = settings.has(Rule.TRANSFERS_IN_TIME)
                    ? cache.has(image.id())
                    : cache.isWantedUntil(image.id(), start);
            if (!reuses || !there) {
                missing.add(machine);
            } else if (settings.has(Rule.TRANSFERS_IN_TIME)) {
                cache.use(image.id(), new Transfer.Copy(lease.id(), machine), stay.lastEnd());
            } else {
                throw new LeaseFault("lease " + lease.id() + " is a reservation and its image is kept on a node");
            }
        }
        if (missing.isEmpty()) {
            return new Prepared(List.of(), true);
        }
        Slot slot = book(lease, stay, missing, lastStart(lease, now).orElseThrow());
        return new Prepared(List.of(slot), false);
    }

    private Prepared soon(Lease lease, Stay stay, EarliestStarts earliest) {
        DiskImage image = lease.request().image().orElseThrow();
        List<Integer> missing = new ArrayList<>();
        boolean ready = true;
        for (int machine = 0; machine < stay.machines(); machine++) {
            Earliest here = earliest.on(stay.node(machine));
            switch (here.how()) {
                case REUSE ->
                    caches[stay.node(machine)].use(image.id(), new Transfer.Copy(lease.id(), machine), stay.end());
                case SHARED_TRANSFER -> {
                    here.shared().bring(lease, machine, stay.node(machine));
                    ready = false;
                }
                case TRANSFER, NOTHING, MIGRATION -> missing.add(machine);
            }
        }
        if (missing.isEmpty()) {
            return new Prepared(List.of(), ready);
        }
        long start = earliest.on(stay.node(missing.get(0))).transferStartMillis();
        return new Prepared(List.of(book(lease, stay, missing, start)), false);
    }

    private Slot book(Lease lease, Stay stay, List<Integer> machines, long start) {
        DiskImage image = lease.request().image().orElseThrow();
        Map<Integer, Amounts> use = new TreeMap<>();
        use.put(SlotTable.REPOSITORY, overheads.network(ResourceTypes.NET_OUT));
        machines.forEach(machine -> use.put(stay.node(machine), overheads.network(ResourceTypes.NET_IN)));
        long end = start + overheads.transferMillis(image.sizeMib());
        Slot slot = new Slot(SlotKind.IMAGE_TRANSFER, lease.id(), start, end, use);
        Transfer transfer = new Transfer(lease, image, slot);
        machines.forEach(machine -> transfer.bring(lease, machine, stay.node(machine)));
        queue.add(transfer);
        return slot;
    }

    @Override
    public long migrationMillis(Lease lease) {
        if (settings.migration() == Migration.WITHOUT_TRANSFER
                || lease.request().image().isEmpty()) {
            return 0;
        }
        return overheads.migrationEstimateMillis(lease.stay(), machine -> sizeMib(lease));
    }

    @Override
    public List<Slot> migrate(Lease lease, Stay next, long from) {
        if (lease.request().image().isEmpty()) {
            return List.of();
        }
        return overheads.migrations(
                SlotKind.IMAGE_MIGRATION,
                lease.stay(),
                next,
                from,
                machines -> overheads.transferMillis(sizeMib(lease) * machines.size()));
    }

    private static long sizeMib(Lease lease) {
        return lease.request().image().orElseThrow().sizeMib();
    }

    @Override
    public void migrated(Stay from) {
        forgetCopies(from.lease(), from);
    }

    @Override
    public boolean isWanted(Slot slot) {
        Transfer transfer = find(slot);
        return transfer.wanting().contains(transfer.lease());
    }

    @Override
    public List<Lease> arrived(Slot slot) {
        Transfer transfer = find(slot);
        queue.remove(transfer);
        if (reuses) {
            DiskImage image = transfer.image();
            transfer.copies().forEach((node, copies) -> caches[node].arrived(image, copies));
        }
        if (!settings.has(Rule.TRANSFERS_FOLLOW_LEASES)) {
            return List.of(transfer.lease());
        }
        return transfer.wanting().stream().filter(this::waitsForNothing).toList();
    }

    private boolean waitsForNothing(Lease lease) {
        for (Transfer transfer : queue) {
            if (transfer.wanting().contains(lease)) {
                return false;
            }
        }
        return true;
    }

    private Transfer find(Slot slot) {
        for (Transfer transfer : queue) {
            if (transfer.slot() == slot) {
                return transfer;
            }
        }
        throw new IllegalStateException(slot + " was never booked here");
    }

    @Override
    public List<Slot> cancel(Lease lease) {
        forgetCopies(lease, lease.stay());
        if (!settings.has(Rule.TRANSFERS_FOLLOW_LEASES)) {
            return List.of();
        }
        List<Transfer> unneeded = new ArrayList<>();
        for (Transfer transfer : queue) {
            if (transfer.forget(lease)) {
                unneeded.add(transfer);
            }
        }
        unneeded.forEach(queue::remove);
        return unneeded.stream().map(Transfer::slot).toList();
    }

    @Override
    public void release(Lease lease) {
        forgetCopies(lease, lease.stay());
    }

    private void forgetCopies(Lease lease, Stay stay) {
        if (reuses) {
            for (int machine = 0; machine < stay.machines(); machine++) {
                caches[stay.node(machine)].release(new Transfer.Copy(lease.id(), machine));
            }
        }
    }
}
