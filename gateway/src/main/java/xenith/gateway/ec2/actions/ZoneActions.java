package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** Regions and availability zones. A cloud is one region; its zones are those that its hosts are said to be in. */
final class ZoneActions {
    private static final String NO_OPT_IN = "opt-in-not-required";
    private static final Filters<Region> REGION_FILTERS = new Filters<Region>()
            .one("region-name", Region::regionName)
            .one("endpoint", Region::endpoint)
            .one("opt-in-status", Region::optInStatus);
    private static final Filters<AvailabilityZone> ZONE_FILTERS = new Filters<AvailabilityZone>()
            .one("zone-name", AvailabilityZone::zoneName)
            .one("zone-id", AvailabilityZone::zoneId)
            .one("zone-type", AvailabilityZone::zoneType)
            .one("region-name", AvailabilityZone::regionName)
            .one("group-name", AvailabilityZone::groupName)
            .one("state", AvailabilityZone::stateAsString)
            .one("opt-in-status", AvailabilityZone::optInStatusAsString)
            .none("group-long-name", "message", "parent-zone-id", "parent-zone-name");

    private final String region;

    ZoneActions(String region) {
        this.region = region;
    }

    DescribeRegionsResponse describeRegions(Ec2Call call, DescribeRegionsRequest request) {
        Predicate<Region> wanted = REGION_FILTERS.compile(request.filters());
        Listed.requireKnown("region", request.regionNames(), List.of(region));
        Region own = Region.builder()
                .regionName(region)
                .endpoint(call.endpoint().getAuthority())
                .optInStatus(NO_OPT_IN)
                .build();
        return DescribeRegionsResponse.builder()
                .regions(wanted.test(own) ? List.of(own) : List.of())
                .build();
    }

    DescribeAvailabilityZonesResponse describeAvailabilityZones(
            Ec2Call call, DescribeAvailabilityZonesRequest request) {
        Predicate<AvailabilityZone> wanted = ZONE_FILTERS.compile(request.filters());
        Zones zones = Zones.of(call.state());
        Listed.requireKnown("availability zone", request.zoneNames(), zones.names());
        Listed.requireKnown("availability zone id", request.zoneIds(), zones.names());
        List<AvailabilityZone> answer = zones.names().stream()
                .filter(zone -> Listed.wants(request.zoneNames(), zone) && Listed.wants(request.zoneIds(), zone))
                .map(zone -> describe(zone, zones.serves(zone)))
                .filter(wanted)
                .toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(answer)
                .build();
    }

    private AvailabilityZone describe(String zone, boolean serves) {
        return AvailabilityZone.builder()
                .zoneName(zone)
                .zoneId(zone)
                .zoneType("availability-zone")
                .regionName(region)
                .groupName(region)
                .networkBorderGroup(region)
                .optInStatus(NO_OPT_IN)
                .state(serves ? "available" : "unavailable")
                .messages(List.of())
                .build();
    }
}
