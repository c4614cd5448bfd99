package xenith.engine.lease.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import xenith.engine.lease.Amounts;
import xenith.engine.lease.DiskImage;
import xenith.engine.lease.LeaseKind;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.ResourceTypes;
import xenith.engine.lease.Site;

/** LWF in XML: a site, and requests with their arrival. What it does not know it passes over, as Haizea does. */
final class LwfXmlReader {
    private static final int MAX_LEASES = 1_000_000;
    private static final long MAX_AMOUNT = 1_000_000_000_000L;

    private final String file;
    private final List<LeaseRequest> requests = new ArrayList<>();
    private final Set<Integer> ids = new HashSet<>();
    private Elements elements;
    private Site site;

    /** What of a lease has been read so far. */
    private static final class Draft {
        private int id;
        private OptionalLong arrival = OptionalLong.empty();
        private List<Map<String, Long>> machines = List.of();
        private LeaseKind kind = LeaseKind.BEST_EFFORT;
        private OptionalLong start = OptionalLong.empty();
        private OptionalLong duration = OptionalLong.empty();
        private OptionalLong real = OptionalLong.empty();
        private OptionalLong deadline = OptionalLong.empty();
        private Optional<Boolean> preemptible = Optional.empty();
        private Optional<DiskImage> image = Optional.empty();
        private boolean leased;
    }

    LwfXmlReader(String file) {
        this.file = file;
    }

    Workload read(byte[] content, Optional<Site> given) throws TraceException {
        elements = new Elements(file, content);
        site = given.orElse(null);
        elements.root("lease-workload");
        String name = elements.attribute("name").orElse(file);
        elements.children(part -> {
            switch (part) {
                case "site" -> site(given.isPresent());
                case "lease-requests" -> elements.children(this::leaseRequest);
                default -> elements.skip();
            }
        });
        Elements.Place end = elements.place();
        elements.end();
        if (site == null) {
            throw elements.wrong(end, "the trace has no <site>: one has to be given");
        }
        return new Workload(name, site, requests);
    }

    private void site(boolean ignored) throws TraceException {
        Elements.Place place = elements.place();
        List<String> types = new ArrayList<>();
        List<Map<String, Long>> nodes = new ArrayList<>();
        elements.children(part -> {
            switch (part) {
                case "resource-types" -> {
                    types.addAll(List.of(elements.required("names").strip().split("\\s+", -1)));
                    elements.skip();
                }
                case "nodes" -> nodes.addAll(nodes(Site.MAX_NODES));
                default -> elements.skip();
            }
        });
        if (ignored) {
            return;
        }
        try {
            site = Site.of(new ResourceTypes(types), nodes);
        } catch (IllegalArgumentException wrong) {
            throw elements.wrong(place, "site: " + wrong.getMessage());
        }
    }

    /** Alike nodes share one map. */
    private List<Map<String, Long>> nodes(int most) throws TraceException {
        List<Map<String, Long>> nodes = new ArrayList<>();
        elements.children(part -> {
            if (!part.equals("node-set")) {
                elements.skip();
                return;
            }
            Elements.Place place = elements.place();
            long count = elements.number("numnodes", 1, most);
            Map<String, Long> node = new HashMap<>();
            elements.children(resource -> {
                if (resource.equals("res")) {
                    node.put(elements.required("type"), elements.number("amount", 0, MAX_AMOUNT));
                }
                elements.skip();
            });
            if (nodes.size() + count > most) {
                throw elements.wrong(place, "there are more than " + most + " nodes");
            }
            for (long index = 0; index < count; index++) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    private void leaseRequest(String part) throws TraceException {
        if (!part.equals("lease-request")) {
            elements.skip();
            return;
        }
        Elements.Place place = elements.place();
        if (site == null) {
            throw elements.wrong(place, "the <site> has to come before the leases, or be given");
        }
        if (requests.size() == MAX_LEASES) {
            throw elements.wrong(place, "there are more than " + MAX_LEASES + " leases");
        }
        Draft draft = new Draft();
        draft.arrival = OptionalLong.of(elements.time("arrival"));
        elements.children(child -> {
            switch (child) {
                case "realduration" -> {
                    draft.real = OptionalLong.of(elements.time("time"));
                    elements.skip();
                }
                case "lease" -> lease(draft);
                default -> elements.skip();
            }
        });
        requests.add(finished(draft, place));
    }

    private void lease(Draft draft) throws TraceException {
        if (draft.leased) {
            throw elements.wrong("a <lease-request> has more than one <lease>");
        }
        draft.leased = true;
        draft.id = elements.attribute("id").isPresent()
                ? (int) elements.number("id", 1, Integer.MAX_VALUE)
                : requests.size() + 1;
        if (!ids.add(draft.id)) {
            throw elements.wrong("lease id " + draft.id + " stands twice");
        }
        Optional<String> preemptible = elements.attribute("preemptible");
        if (preemptible.isPresent()) {
            draft.preemptible = Optional.of(truth(preemptible.get()));
        }
        elements.children(part -> {
            switch (part) {
                case "nodes" -> draft.machines = nodes(LeaseRequest.MAX_MACHINES);
                case "start" -> elements.children(when -> start(draft, when));
                case "duration" -> {
                    draft.duration = OptionalLong.of(elements.time("time"));
                    elements.skip();
                }
                case "deadline" -> {
                    draft.deadline = OptionalLong.of(elements.time("time"));
                    elements.skip();
                }
                case "software" -> elements.children(what -> software(draft, what));
                default -> elements.skip();
            }
        });
    }

    private boolean truth(String text) throws TraceException {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw elements.wrong("preemptible '" + text + "' is neither true nor false");
    }

    private void start(Draft draft, String when) throws TraceException {
        switch (when) {
            case "exact" -> {
                draft.kind = LeaseKind.ADVANCE_RESERVATION;
                draft.start = OptionalLong.of(elements.time("time"));
            }
            case "now" -> draft.kind = LeaseKind.IMMEDIATE;
            default -> throw elements.wrong("<start> holds <" + when + ">, which is neither <exact> nor <now>");
        }
        elements.skip();
    }

    private void software(Draft draft, String what) throws TraceException {
        if (what.equals("disk-image")) {
            Elements.Place place = elements.place();
            try {
                draft.image =
                        Optional.of(new DiskImage(elements.required("id"), elements.number("size", 0, MAX_AMOUNT)));
            } catch (IllegalArgumentException wrong) {
                throw elements.wrong(place, wrong.getMessage());
            }
        }
        elements.skip();
    }

    private LeaseRequest finished(Draft draft, Elements.Place place) throws TraceException {
        if (!draft.leased || draft.duration.isEmpty()) {
            throw elements.wrong(
                    place, draft.leased ? "the <lease> has no <duration>" : "the <lease-request> has no <lease>");
        }
        boolean deadline = draft.deadline.isPresent() && draft.kind == LeaseKind.ADVANCE_RESERVATION;
        try {
            Map<Map<String, Long>, Amounts> same = new HashMap<>();
            List<Amounts> machines = new ArrayList<>();
            for (Map<String, Long> machine : draft.machines) {
                machines.add(same.computeIfAbsent(machine, site.types()::amounts));
            }
            return new LeaseRequest(
                    draft.id,
                    deadline ? LeaseKind.DEADLINE : draft.kind,
                    draft.arrival.orElseThrow(),
                    machines,
                    draft.start,
                    draft.duration.getAsLong(),
                    draft.real,
                    deadline ? draft.deadline : OptionalLong.empty(),
                    draft.preemptible.orElse(draft.kind == LeaseKind.BEST_EFFORT),
                    draft.image);
        } catch (IllegalArgumentException wrong) {
            throw elements.wrong(place, "lease " + draft.id + ": " + wrong.getMessage());
        }
    }
}
