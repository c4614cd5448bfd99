package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIdFormatResponse;
import software.amazon.awssdk.services.ec2.model.ModifyIdFormatRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import xenith.engine.model.Caller;
import xenith.engine.service.Directory;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.IdFormats;

class AccountsTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @ParameterizedTest
    @CsvSource({
        "supported-platforms,EC2",
        "default-vpc,none",
        "max-instances,2000",
        "max-elastic-ips,0",
        "vpc-max-elastic-ips,0",
        "vpc-max-security-groups-per-interface,1"
    })
    void eachAccountAttributeIsDescribedByName(String name, String value) {
        assertThat(attributes(name)).singleElement().satisfies(attribute -> {
            assertThat(attribute.attributeName()).isEqualTo(name);
            assertThat(attribute.attributeValues().get(0).attributeValue()).isEqualTo(value);
        });
    }

    @Test
    void allAccountAttributesAreDescribedAndNoneThatIsNone() {
        assertThat(attributes()).hasSize(6);
        assertThat(cloud.code(DescribeAccountAttributesRequest.builder()
                        .attributeNamesWithStrings("max-colours")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void theIdsOfAKindAreAsLongAsTheirUserWants() {
        assertThat(formats()).containsExactly("image false", "instance false", "reservation false");

        modify("instance", true);
        assertThat(formats()).containsExactly("image false", "instance true", "reservation false");
        assertThat(launched().instances().get(0).instanceId()).matches("i-[0-9a-f]{17}");
        assertThat(launched().reservationId()).matches("r-[0-9a-f]{8}");
        modify("all-current", true);
        assertThat(launched().reservationId()).matches("r-[0-9a-f]{17}");
        assertThat(cloud.image("long")).matches("ami-[0-9a-f]{17}");
        modify("all-current", false);
        assertThat(launched().instances().get(0).instanceId()).matches("i-[0-9a-f]{8}");
    }

    @Test
    void oneUsersIdsAreNoneOfAnothersBusiness() {
        modify("instance", true);
        DescribeIdFormatResponse bobs = (DescribeIdFormatResponse) cloud.answer(
                cloud.bob,
                DescribeIdFormatRequest.builder().resource("instance").build());
        assertThat(bobs.statuses()).singleElement().satisfies(format -> assertThat(format.useLongIds())
                .isFalse());
    }

    @Test
    void whatAUserWantedIsForgottenWithTheUser() {
        Caller gone = cloud.caller("gone", xenith.engine.model.Role.MEMBER);
        cloud.answer(
                gone,
                ModifyIdFormatRequest.builder()
                        .resource("instance")
                        .useLongIds(true)
                        .build());
        cloud.store.write(tx -> new Directory(new java.util.Random(1)).removeUser(tx, cloud.ann, gone.user()));
        cloud.clock.move(Duration.ofMinutes(11));
        cloud.run(1);
        assertThat(cloud.store.state().all(IdFormats.TABLE)).isEmpty();
    }

    @Test
    void kindsThatAreNotMadeHereAreRefused() {
        assertThat(cloud.code(
                        DescribeIdFormatRequest.builder().resource("volume").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(ModifyIdFormatRequest.builder()
                        .resource("volume")
                        .useLongIds(true)
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(
                        ModifyIdFormatRequest.builder().resource("instance").build()))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(ModifyIdFormatRequest.builder().useLongIds(true).build()))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    private List<AccountAttribute> attributes(String... names) {
        return cloud.ask(
                        DescribeAccountAttributesResponse.class,
                        DescribeAccountAttributesRequest.builder()
                                .attributeNamesWithStrings(names)
                                .build())
                .accountAttributes();
    }

    private List<String> formats() {
        return cloud
                .ask(
                        DescribeIdFormatResponse.class,
                        DescribeIdFormatRequest.builder().build())
                .statuses()
                .stream()
                .map(format -> format.resource() + " " + format.useLongIds())
                .toList();
    }

    private void modify(String resource, boolean longIds) {
        cloud.answer(
                cloud.ann,
                ModifyIdFormatRequest.builder()
                        .resource(resource)
                        .useLongIds(longIds)
                        .build());
    }

    private RunInstancesResponse launched() {
        return cloud.ask(RunInstancesResponse.class, cloud.runRequest(1).build());
    }
}
