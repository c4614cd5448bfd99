package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import xenith.engine.lifecycle.VmEvent;
import xenith.engine.model.Capacity;
import xenith.engine.model.StateReason;
import xenith.engine.model.StateReason.Cause;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Vms;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.tables.ClientTokens;
import xenith.gateway.ec2.tables.Instances;

class InstancesTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void instancesLiveFromPendingToTerminated() {
        String id = cloud.run(1).get(0);
        assertState(id, "pending", 0);
        cloud.begin(id);
        assertState(id, "running", 16);
        assertThat(change(stop(id))).isEqualTo("running -> stopping");
        cloud.finish(id);
        assertState(id, "stopped", 80);
        assertThat(change(cloud.ask(
                                StartInstancesResponse.class,
                                StartInstancesRequest.builder().instanceIds(id).build())
                        .startingInstances()))
                .isEqualTo("stopped -> pending");
        cloud.finish(id);
        assertThat(change(terminate(id))).isEqualTo("running -> shutting-down");
        cloud.finish(id);
        assertState(id, "terminated", 48);
    }

    @Test
    void whatOldClientsReadWithoutACheckIsAlwaysThere() {
        String id = cloud.run(1).get(0);
        cloud.begin(id);

        Instance instance = describe(id);

        assertThat(id).matches("i-[0-9a-f]{8}");
        assertThat(instance.imageId()).matches("ami-[0-9a-f]{8}");
        assertThat(instance.instanceTypeAsString()).isEqualTo("m1.small");
        assertThat(instance.privateIpAddress()).startsWith("10.0.");
        assertThat(instance.privateDnsName())
                .isEqualTo("ip-" + instance.privateIpAddress().replace('.', '-'));
        assertThat(instance.placement().availabilityZone()).isEqualTo("zone-a");
        assertThat(instance.securityGroups()).singleElement().satisfies(group -> {
            assertThat(group.groupName()).isEqualTo("default");
            assertThat(group.groupId()).matches("sg-[0-9a-f]{8}");
        });
        assertThat(instance.launchTime()).isEqualTo(cloud.clock.instant());
        assertThat(instance.monitoring().stateAsString()).isEqualTo("disabled");
        assertThat(instance.virtualizationTypeAsString()).isEqualTo("hvm");
        assertThat(instance.hasBlockDeviceMappings() && instance.hasTags()).isTrue();
        assertThat(instance.stateTransitionReason()).isEmpty();
    }

    @Test
    void asManyAsFitAreRunAndFewerThanMinCountAreNot() {
        RunInstancesRequest some = cloud.runRequest(1).maxCount(100).build();
        assertThat(cloud.run(some)).hasSize(64);
        assertThat(cloud.code(cloud.runRequest(1).build())).isEqualTo(Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
        assertThat(cloud.store.state().all(Instances.TABLE)).hasSize(64);
        assertThat(cloud.store.state().all(Vms.TABLE)).hasSize(64);
        assertThat(cloud.store.state().all(Leases.TABLE)).hasSize(64);
    }

    @Test
    void aTypeThatIsLargerThanEveryHostLeavesNothingBehind() {
        RunInstancesRequest big = cloud.runRequest(5).instanceType("c1.xlarge").build();
        assertThat(cloud.code(big)).isEqualTo(Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
        assertThat(cloud.store.state().all(Leases.TABLE)).isEmpty();
    }

    @Test
    void userDataAndPublicKeyReachTheGuest() {
        String userData =
                Base64.getMimeEncoder().encodeToString("#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.UTF_8));
        cloud.answer(
                cloud.ann,
                software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest.builder()
                        .keyName("me")
                        .keyType("ed25519")
                        .build());

        String id = cloud.run(
                        cloud.runRequest(1).userData(userData).keyName("me").build())
                .get(0);

        var context = cloud.vm(id).spec().context();
        assertThat(context.instanceId()).isEqualTo(id);
        assertThat(Base64.getDecoder().decode(context.userDataBase64())).hasSize(200);
        assertThat(context.publicKeys()).singleElement().asString().startsWith("ssh-ed25519 ");
        assertThat(describe(id).keyName()).isEqualTo("me");
    }

    @Test
    void theSameTokenMakesTheSameInstancesOnce() {
        RunInstancesRequest request = cloud.runRequest(2).clientToken("t-1").build();
        RunInstancesResponse first = cloud.ask(RunInstancesResponse.class, request);
        cloud.begin(first.instances().get(0).instanceId());
        RunInstancesResponse second = cloud.ask(RunInstancesResponse.class, request);

        assertThat(second.reservationId()).isEqualTo(first.reservationId());
        assertThat(second.instances().get(0).state().nameAsString()).isEqualTo("running");
        assertThat(cloud.store.state().all(Vms.TABLE)).hasSize(2);
        assertThat(cloud.code(request.toBuilder().userData("aGVsbG8=").build()))
                .isEqualTo(Ec2ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
        assertThat(second.instances().get(1).clientToken()).isEqualTo("t-1");
    }

    @Test
    void aTokenIsOfAsciiAndNotTooLong() {
        assertThat(cloud.run(cloud.runRequest(1).clientToken("t".repeat(64)).build()))
                .hasSize(1);
        assertThat(cloud.refusal(
                        cloud.ann, cloud.runRequest(1).clientToken("\u00fc").build()))
                .hasMessageContaining("ClientToken");
        assertThat(cloud.code(cloud.runRequest(1).clientToken("\u00fc").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(1).clientToken("t".repeat(65)).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void aTokenIsForgottenAfterADay() {
        RunInstancesRequest request = cloud.runRequest(1).clientToken("t-1").build();
        String first = cloud.run(request).get(0);
        cloud.clock.move(Duration.ofHours(25));
        assertThat(cloud.run(request)).doesNotContain(first);
        cloud.clock.move(Duration.ofHours(25));
        cloud.run(1);
        assertThat(cloud.store.state().all(ClientTokens.TABLE)).isEmpty();
    }

    @Test
    void aDryRunMakesNothing() {
        Ec2Error answer = catchThrowableOfType(
                Ec2Error.class,
                () -> cloud.answer(
                        cloud.new Call(cloud.ann, true), cloud.runRequest(1).build()));
        assertThat(answer.code()).isEqualTo(Ec2ErrorCode.DRY_RUN_OPERATION);
        assertThat(cloud.store.state().all(Vms.TABLE)).isEmpty();
    }

    @Test
    void tagsComeWithTheLaunch() {
        String id = cloud.run(cloud.runRequest(1)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType("instance")
                                .tags(Tag.builder().key("role").value("web").build())
                                .build())
                        .build())
                .get(0);
        assertThat(describe(id).tags())
                .containsExactly(Tag.builder().key("role").value("web").build());
    }

    @Test
    void aLaunchIsRefusedForWhatIsNotThere() {
        assertThat(cloud.code(cloud.runRequest(1).imageId("ami-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(cloud.code(cloud.runRequest(1).imageId("nonsense").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_MALFORMED);
        assertThat(cloud.code(cloud.runRequest(1).kernelId("aki-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
        assertThat(cloud.code(cloud.runRequest(1).keyName("nobody").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_KEY_PAIR_NOT_FOUND);
        assertThat(cloud.code(cloud.runRequest(1).securityGroups("web").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_GROUP_NOT_FOUND);
        assertThat(cloud.code(cloud.runRequest(1)
                        .placement(Placement.builder().availabilityZone("mars").build())
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_ZONE_NOT_FOUND);
    }

    @Test
    void aLaunchIsRefusedForWhatIsMalformed() {
        assertThat(cloud.code(cloud.runRequest(1).imageId(null).build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(cloud.runRequest(1).minCount(null).build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
        assertThat(cloud.code(cloud.runRequest(0).build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(2).maxCount(1).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
        assertThat(cloud.code(cloud.runRequest(1001).build())).isEqualTo(Ec2ErrorCode.INSTANCE_LIMIT_EXCEEDED);
        assertThat(cloud.code(cloud.runRequest(1).instanceType("z9.huge").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(1).userData("&&&").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(1)
                        .userData(Base64.getEncoder().encodeToString(new byte[16 * 1024 + 1]))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(1)
                        .instanceInitiatedShutdownBehavior("explode")
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(cloud.runRequest(1).ramdiskId("ari-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_AMI_ID_NOT_FOUND);
    }

    @Test
    void anotherAccountsInstanceIsNotFound() {
        String id = cloud.run(1).get(0);
        String missing = "i-00000000";
        Ec2Error refusal = cloud.refusal(
                cloud.bob, TerminateInstancesRequest.builder().instanceIds(id).build());
        Ec2Error unknown = cloud.refusal(
                cloud.bob,
                TerminateInstancesRequest.builder().instanceIds(missing).build());

        assertThat(refusal.code()).isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
        assertThat(refusal.getMessage().replace(id, missing)).isEqualTo(unknown.getMessage());
        assertThat(all(DescribeInstancesRequest.builder().build(), cloud.bob)).isEmpty();
    }

    @Test
    void oneUnknownIdStopsTheWholeCall() {
        String id = cloud.run(1).get(0);
        cloud.begin(id);
        StopInstancesRequest both = StopInstancesRequest.builder()
                .instanceIds(id, "i-00000000", "i-00000001")
                .build();
        assertThat(cloud.refusal(cloud.ann, both))
                .hasMessageContaining("i-00000000, i-00000001")
                .hasMessageContaining("do not exist");
        assertState(id, "running", 16);
        assertThat(cloud.code(StopInstancesRequest.builder().instanceIds("i-1").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_MALFORMED);
    }

    @Test
    void whatIsAlreadySoIsLeftSo() {
        String id = cloud.run(1).get(0);
        cloud.begin(id);
        stop(id);
        assertThat(change(stop(id))).isEqualTo("stopping -> stopping");
        cloud.finish(id);
        assertThat(change(stop(id))).isEqualTo("stopped -> stopped");
        terminate(id);
        assertThat(change(terminate(id))).isEqualTo("shutting-down -> shutting-down");
        cloud.finish(id);
        assertThat(change(terminate(id))).isEqualTo("terminated -> terminated");
    }

    @Test
    void aStateThatDoesNotAllowItIsRefusedByItsName() {
        String id = cloud.run(1).get(0);
        assertThat(cloud.refusal(
                        cloud.ann,
                        StopInstancesRequest.builder().instanceIds(id).build()))
                .hasMessageContaining(id)
                .hasMessageContaining("pending")
                .extracting(Ec2Error::code)
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        cloud.begin(id);
        terminate(id);
        assertThat(cloud.code(StartInstancesRequest.builder().instanceIds(id).build()))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
        assertThat(cloud.code(RebootInstancesRequest.builder().instanceIds(id).build()))
                .isEqualTo(Ec2ErrorCode.INCORRECT_INSTANCE_STATE);
    }

    @Test
    void aRunningInstanceIsRebooted() {
        String id = cloud.run(1).get(0);
        cloud.begin(id);
        cloud.answer(cloud.ann, RebootInstancesRequest.builder().instanceIds(id).build());
        cloud.answer(cloud.ann, RebootInstancesRequest.builder().instanceIds(id).build());
        assertThat(cloud.vm(id).work()).isEqualTo(xenith.engine.model.Work.REBOOT);
        assertState(id, "running", 16);
    }

    @Test
    void aTerminatedInstanceIsShownForAnHour() {
        String id = cloud.run(1).get(0);
        terminate(id);
        cloud.clock.move(Duration.ofMinutes(59));
        assertState(id, "terminated", 48);
        cloud.clock.move(Duration.ofMinutes(2));
        assertThat(all(DescribeInstancesRequest.builder().build(), cloud.ann)).isEmpty();
        assertThat(cloud.code(DescribeInstancesRequest.builder().instanceIds(id).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }

    @Test
    void whyItEndedIsSaid() {
        List<String> ids = cloud.run(3);
        ids.forEach(cloud::begin);
        terminate(ids.get(0));
        cloud.step(ids.get(1), VmEvent.SEEN_ABSENT, new StateReason(Cause.GUEST, "the guest shut down"));
        cloud.step(ids.get(2), VmEvent.SEEN_CRASHED, new StateReason(Cause.FAULT, "the guest crashed"));

        assertThat(describe(ids.get(0)).stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
        assertThat(describe(ids.get(0)).stateTransitionReason()).isEqualTo("User initiated (2026-01-31 20:32:24 GMT)");
        assertThat(describe(ids.get(1)).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
        assertThat(describe(ids.get(2)).stateReason().code()).isEqualTo("Server.InternalError");
        assertThat(describe(ids.get(2)).stateTransitionReason()).contains("the guest crashed");
    }

    @Test
    void thePagesOfAQueryHoldEveryInstanceOnce() {
        Set<String> launched = new HashSet<>(cloud.run(7));
        launched.addAll(cloud.run(6));
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            DescribeInstancesResponse page = cloud.ask(
                    DescribeInstancesResponse.class,
                    DescribeInstancesRequest.builder()
                            .maxResults(5)
                            .nextToken(token)
                            .build());
            page.reservations().forEach(r -> r.instances().forEach(i -> seen.add(i.instanceId())));
            token = page.nextToken();
        } while (token != null);
        assertThat(seen).hasSize(13).containsExactlyInAnyOrderElementsOf(launched);
    }

    @Test
    void aPagesTokenBelongsToItsQueryAndCaller() {
        cloud.run(7);
        DescribeInstancesRequest query =
                DescribeInstancesRequest.builder().maxResults(5).build();
        String token = cloud.ask(DescribeInstancesResponse.class, query).nextToken();
        DescribeInstancesRequest next = query.toBuilder().nextToken(token).build();

        assertThat(cloud.code(
                        next.toBuilder().filters(filter("instance-id", "*")).build()))
                .isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
        assertThat(cloud.refusal(cloud.bob, next).code()).isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
        assertThat(cloud.ask(
                                DescribeInstancesResponse.class,
                                query.toBuilder().nextToken("").build())
                        .nextToken())
                .isEqualTo(token);
        assertThat(cloud.code(query.toBuilder().nextToken("%%").build())).isEqualTo(Ec2ErrorCode.INVALID_NEXT_TOKEN);
        assertThat(cloud.code(query.toBuilder().maxResults(4).build())).isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(query.toBuilder().instanceIds("i-00000000").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION);
    }

    @ParameterizedTest
    @CsvSource({
        "instance-state-name, running, 1",
        "instance-state-code, 0, 1",
        "instance-type, m1.*, 2",
        "image-id, ami-????????, 2",
        "availability-zone, zone-a, 2",
        "private-ip-address, 10.0.*, 2",
        "architecture, x86_64, 2",
        "group-name, default, 2",
        "launch-time, 2026-01-31T20:32:24.875Z, 2",
        "tag:role, web, 1",
        "tag-key, role, 1",
        "tag:role, mail, 0",
        "vpc-id, *, 0",
        "key-name, *, 0"
    })
    void aFilterFindsWhatItNames(String name, String value, int count) {
        cloud.run(cloud.runRequest(1)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType("instance")
                        .tags(Tag.builder().key("role").value("web").build())
                        .build())
                .build());
        cloud.begin(cloud.run(1).get(0));
        assertThat(all(
                        DescribeInstancesRequest.builder()
                                .filters(filter(name, value))
                                .build(),
                        cloud.ann))
                .hasSize(count);
    }

    @Test
    void anUnknownFilterIsRefused() {
        assertThat(cloud.code(DescribeInstancesRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(cloud.code(DescribeInstancesRequest.builder()
                        .filters(Filter.builder().name("image-id").build())
                        .build()))
                .isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    @Test
    void theConsoleIsInBase64() {
        String id = cloud.run(1).get(0);
        GetConsoleOutputResponse answer = cloud.ask(
                GetConsoleOutputResponse.class,
                GetConsoleOutputRequest.builder().instanceId(id).build());
        assertThat(new String(Base64.getDecoder().decode(answer.output()), StandardCharsets.UTF_8))
                .isEqualTo("booted");
        assertThat(cloud.refusal(
                                cloud.bob,
                                GetConsoleOutputRequest.builder().instanceId(id).build())
                        .code())
                .isEqualTo(Ec2ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }

    @Test
    void namesOfMachinesThatTheEngineHasForgottenGo() {
        String id = cloud.run(1).get(0);
        terminate(id);
        cloud.store.write(tx ->
                tx.remove(Vms.TABLE, tx.find(Instances.TABLE, id).orElseThrow().vm()));
        cloud.clock.move(Duration.ofMinutes(11));
        cloud.run(1);
        assertThat(cloud.store.state().find(Instances.TABLE, id)).isEmpty();
    }

    @Test
    void aThousandInstancesAreDescribedQuickly() {
        cloud.addHost("two", "zone-a", new Capacity(100_000, 1_000_000, 10_000_000));
        cloud.run(1000);
        DescribeInstancesRequest request = DescribeInstancesRequest.builder().build();
        all(request, cloud.ann);
        long began = System.nanoTime();
        assertThat(all(request, cloud.ann)).hasSize(1000);
        // Some ten milliseconds at rest; the bound is for a busy machine, and far below one lookup over all per
        // instance.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    private List<InstanceStateChange> stop(String id) {
        return cloud.ask(
                        StopInstancesResponse.class,
                        StopInstancesRequest.builder().instanceIds(id).build())
                .stoppingInstances();
    }

    private List<InstanceStateChange> terminate(String id) {
        return cloud.ask(
                        TerminateInstancesResponse.class,
                        TerminateInstancesRequest.builder().instanceIds(id).build())
                .terminatingInstances();
    }

    private static String change(List<InstanceStateChange> changes) {
        assertThat(changes).hasSize(1);
        return changes.get(0).previousState().nameAsString() + " -> "
                + changes.get(0).currentState().nameAsString();
    }

    private Instance describe(String id) {
        return all(DescribeInstancesRequest.builder().instanceIds(id).build(), cloud.ann)
                .get(0);
    }

    private List<Instance> all(DescribeInstancesRequest request, xenith.engine.model.Caller caller) {
        DescribeInstancesResponse response = (DescribeInstancesResponse) cloud.answer(caller, request);
        return response.reservations().stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .toList();
    }

    private void assertState(String id, String name, int code) {
        assertThat(describe(id).state().nameAsString()).isEqualTo(name);
        assertThat(describe(id).state().code()).isEqualTo(code);
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }
}
