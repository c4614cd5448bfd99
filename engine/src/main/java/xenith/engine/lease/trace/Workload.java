package xenith.engine.lease.trace;

import java.util.List;
import xenith.engine.lease.LeaseRequest;
import xenith.engine.lease.Site;

/**
 * A site and the leases that are asked of it.
 *
 * @param requests in the order of the file
 */
public record Workload(String name, Site site, List<LeaseRequest> requests) {
    public Workload {
        requests = List.copyOf(requests);
    }
}
