package xenith.gateway.ec2.actions;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.tables.Ec2Ids;

/**
 * Every EC2 action that Xenith does: its request, which members of it are honoured, and what answers it. Members are
 * named as in Query; one that is set and not named here is refused by name. Immutable.
 */
public final class ActionTable {
    private static final boolean READS = false;

    private final Map<String, ActionEntry> entries = new TreeMap<>();
    private final ActionShapes shapes;

    /** @param region this cloud's, as {@code xenith-1} */
    public ActionTable(ActionShapes shapes, EngineServices engine, Ec2Ids ids, String region, Clock clock) {
        this.shapes = shapes;
        ZoneActions zones = new ZoneActions(region);

        row(READS, DescribeRegionsRequest.class, zones::describeRegions, "RegionName", "Filter", "AllRegions");
        row(
                READS,
                DescribeAvailabilityZonesRequest.class,
                zones::describeAvailabilityZones,
                "ZoneName",
                "ZoneId",
                "Filter",
                "AllAvailabilityZones");
    }

    public Optional<ActionEntry> find(String action) {
        return Optional.ofNullable(entries.get(action));
    }

    public Set<String> names() {
        return Set.copyOf(entries.keySet());
    }

    private <I extends Ec2Request, O extends Ec2Response> void row(
            boolean writes, Class<I> request, Ec2Action<I, O> action, String... members) {
        ActionEntry entry = ActionEntry.of(shapes, request, writes, builder -> builder.supports(members), action);
        entries.put(entry.name(), entry);
    }
}
