package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Region;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.tables.Hosts;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class ZonesTest {
    private static final Capacity SOME = new Capacity(100, 1024, 10_000);

    private ActionHarness cloud;
    private HostId inB;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
        inB = cloud.addHost("two", "zone-b", SOME);
    }

    @Test
    void theZonesAreThoseOfTheHosts() {
        cloud.addHost("three", "zone-b", SOME);

        List<AvailabilityZone> zones =
                zones(DescribeAvailabilityZonesRequest.builder().build());

        assertThat(zones).extracting(AvailabilityZone::zoneName).containsExactly("zone-a", "zone-b");
        assertThat(zones).allSatisfy(zone -> {
            assertThat(zone.stateAsString()).isEqualTo("available");
            assertThat(zone.regionName()).isEqualTo("xenith-1");
            assertThat(zone.hasMessages()).isTrue();
        });
    }

    @Test
    void aZoneWithoutAHostThatTakesMachinesIsUnavailable() {
        cloud.store.write(tx -> {
            Host host = tx.find(Hosts.TABLE, inB).orElseThrow();
            tx.put(Hosts.TABLE, host.withState(HostState.DISABLED, "for a test"));
            return null;
        });

        assertThat(zones(DescribeAvailabilityZonesRequest.builder()
                        .filters(filter("state", "unavailable"))
                        .build()))
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("zone-b");
    }

    @ParameterizedTest
    @CsvSource({
        "zone-name, zone-b, 1",
        "zone-name, zone-?, 2",
        "zone-id, zone-a, 1",
        "zone-type, availability-zone, 2",
        "region-name, xenith-1, 2",
        "state, available, 2",
        "opt-in-status, opt-in-not-required, 2",
        "message, *, 0"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        assertThat(zones(DescribeAvailabilityZonesRequest.builder()
                        .filters(filter(name, value))
                        .build()))
                .hasSize(count);
    }

    @Test
    void zonesAndRegionsAreAskedForByName() {
        assertThat(zones(DescribeAvailabilityZonesRequest.builder()
                        .zoneNames("zone-b")
                        .build()))
                .hasSize(1);
        assertThat(zones(DescribeAvailabilityZonesRequest.builder()
                        .zoneIds("zone-a")
                        .build()))
                .hasSize(1);
        assertThat(regions(
                        DescribeRegionsRequest.builder().regionNames("xenith-1").build()))
                .hasSize(1);
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        assertThat(cloud.refusal(
                        cloud.ann,
                        DescribeAvailabilityZonesRequest.builder()
                                .zoneNames("zone-a", "mars")
                                .build()))
                .hasMessageContaining("mars")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeAvailabilityZonesRequest.builder()
                        .zoneIds("mars")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeRegionsRequest.builder()
                        .regionNames("eu-mars-1")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeAvailabilityZonesRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeRegionsRequest.builder()
                        .filters(filter("zone-name", "zone-a"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "region-name, xenith-*, 1",
        "region-name, us-east-1, 0",
        "endpoint, 127.0.0.1:*, 1",
        "opt-in-status, opt-in-not-required, 1"
    })
    void theRegionIsOneAndSaysWhereItWasAskedAt(String name, String value, int count) {
        assertThat(regions(DescribeRegionsRequest.builder().build()))
                .extracting(Region::endpoint)
                .containsExactly("127.0.0.1:8773");
        assertThat(regions(DescribeRegionsRequest.builder()
                        .filters(filter(name, value))
                        .build()))
                .hasSize(count);
    }

    private List<AvailabilityZone> zones(DescribeAvailabilityZonesRequest request) {
        return cloud.ask(DescribeAvailabilityZonesResponse.class, request).availabilityZones();
    }

    private List<Region> regions(DescribeRegionsRequest request) {
        return cloud.ask(DescribeRegionsResponse.class, request).regions();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
