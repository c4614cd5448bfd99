package xenith.engine.lease.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import xenith.engine.lease.LeaseEvent;
import xenith.engine.lease.LeaseFault;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.LeaseScheduler;
import xenith.engine.lease.Rule;
import xenith.engine.lease.SchedulerSettings;
import xenith.engine.lease.Slot;
import xenith.engine.lease.trace.Workload;

/** Drives a scheduler through the time of a workload: from one arrival, beginning or end to the next. */
public final class Simulation {
    private final SchedulerSettings settings;
    private final Workload workload;
    private final Deque<LeaseRequest> ahead;
    private final List<LeaseEvent> events = new ArrayList<>();
    private final List<Slot> passed = new ArrayList<>();
    private final OutcomeLedger ledger;
    private final LeaseScheduler scheduler;
    private long now;

    private Simulation(Workload workload, SchedulerSettings settings) {
        this.workload = workload;
        this.settings = settings;
        List<LeaseRequest> requests = requests();
        this.ahead = new ArrayDeque<>(requests);
        this.ledger = new OutcomeLedger(requests);
        this.scheduler = new LeaseScheduler(workload.site(), settings, this::happened, passed::add);
    }

    /** Runs until all leases are done or rejected. */
    public static SimulationResult run(Workload workload, SchedulerSettings settings) {
        return new Simulation(workload, settings).run();
    }

    private SimulationResult run() {
        Optional<String> fault = Optional.empty();
        try {
            while (step()) {
                // From one change to the next.
            }
        } catch (LeaseFault stopped) {
            fault = Optional.of(stopped.getMessage());
        }
        return new SimulationResult(workload.site(), events, passed, ledger.outcomes(), now, fault);
    }

    /** One moment, and on to the next. @return whether there is one */
    private boolean step() {
        scheduler.advance(now, arrivals());
        if (scheduler.isIdle() && ahead.isEmpty()) {
            return false;
        }
        OptionalLong change = scheduler.nextChange(now);
        long arrival = ahead.isEmpty() ? Long.MAX_VALUE : ahead.getFirst().arrivalMillis();
        long next = Math.min(arrival, change.orElse(Long.MAX_VALUE));
        if (next == Long.MAX_VALUE) {
            throw new LeaseFault("leases are left and nothing is going to happen");
        }
        now = next;
        return true;
    }

    private void happened(LeaseEvent event) {
        events.add(event);
        ledger.record(event);
    }

    private List<LeaseRequest> requests() {
        List<LeaseRequest> requests = new ArrayList<>(workload.requests());
        if (settings.rules().contains(Rule.TRACE_IDS)) {
            requests.sort(Comparator.comparingLong(LeaseRequest::arrivalMillis));
            return requests;
        }
        for (int index = 0; index < requests.size(); index++) {
            requests.set(index, asTheAncestorReads(requests.get(index), index + 1));
        }
        return requests;
    }

    private LeaseRequest asTheAncestorReads(LeaseRequest request, int id) {
        boolean deadline = request.kind() == LeaseKind.DEADLINE;
        return new LeaseRequest(
                id,
                deadline ? LeaseKind.ADVANCE_RESERVATION : request.kind(),
                request.arrivalMillis(),
                request.machines(),
                request.startMillis(),
                request.durationMillis(),
                request.realDurationMillis(),
                OptionalLong.empty(),
                request.preemptible(),
                request.image());
    }

    /** Those whose time has come, also if they stand behind one whose time has not. */
    private List<LeaseRequest> arrivals() {
        List<LeaseRequest> arrivals = new ArrayList<>();
        if (settings.rules().contains(Rule.TRACE_IDS)) {
            while (!ahead.isEmpty() && ahead.getFirst().arrivalMillis() <= now) {
                arrivals.add(ahead.removeFirst());
            }
        } else {
            ahead.stream().filter(request -> request.arrivalMillis() <= now).forEach(arrivals::add);
            ahead.removeIf(request -> request.arrivalMillis() <= now);
            arrivals.sort(Comparator.comparingLong(LeaseRequest::arrivalMillis));
        }
        return arrivals;
    }
}
