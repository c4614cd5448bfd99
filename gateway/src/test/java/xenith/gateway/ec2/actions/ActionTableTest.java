package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import xenith.engine.lifecycle.Lifecycle;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class ActionTableTest {
    private static ActionHarness cloud;

    @BeforeAll
    static void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void everyRowsMembersAreInTheModel() throws ReflectiveOperationException {
        assertThat(cloud.table.names()).hasSize(36);
        for (String name : cloud.table.names()) {
            Class<?> type = Class.forName("software.amazon.awssdk.services.ec2.model." + name + "Request");
            Object builder = type.getMethod("builder").invoke(null);
            Object empty = Class.forName(type.getName() + "$Builder")
                    .getMethod("build")
                    .invoke(builder);
            cloud.table.find(name).orElseThrow().check((Ec2Request) empty);
        }
    }

    @Test
    void anActionThatHasNoRowIsNotFound() {
        assertThat(cloud.table.find("CreateVolume")).isEmpty();
    }

    @Test
    void aMemberThatIsNotHonouredIsRefusedByName() {
        Ec2Request request = cloud.runRequest(1)
                .iamInstanceProfile(
                        IamInstanceProfileSpecification.builder().name("x").build())
                .build();
        assertThat(cloud.refusal(cloud.ann, request))
                .hasMessageContaining("IamInstanceProfile")
                .extracting(refusal -> refusal.code())
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
    }

    @Test
    void readsAndWritesAreToldApart() {
        assertThat(cloud.table.names().stream()
                        .filter(name -> name.startsWith("Describe") || name.startsWith("Get"))
                        .filter(name -> cloud.table.find(name).orElseThrow().writes()))
                .isEmpty();
        assertThat(cloud.table.names().stream()
                        .filter(name -> !name.startsWith("Describe") && !name.startsWith("Get"))
                        .filter(name -> !cloud.table.find(name).orElseThrow().writes()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyRefusalOfTheEngineHasACodeAndKeepsItsMessage(ErrorCode code) {
        var translated = EngineRefusals.translated(new EngineException(code, "why"));
        assertThat(translated).hasMessage("why");
        assertThat(translated.code().isClientFault()
                        || code.fault() == ErrorCode.Fault.BUSY
                        || translated.code() == Ec2ErrorCode.INTERNAL_ERROR)
                .isTrue();
    }

    @Test
    void everySituationOfTheLifecycleHasAnEc2State() {
        Lifecycle.table().forEach(row -> assertThat(Ec2InstanceState.of(row.state(), row.work()))
                .isNotNull());
        assertThat(Ec2InstanceState.of(VmState.RUNNING, Work.SHUT_DOWN)).isEqualTo(Ec2InstanceState.STOPPING);
        assertThat(Ec2InstanceState.of(VmState.RUNNING, Work.END)).isEqualTo(Ec2InstanceState.SHUTTING_DOWN);
        assertThat(Ec2InstanceState.of(VmState.PENDING, Work.END)).isEqualTo(Ec2InstanceState.SHUTTING_DOWN);
        assertThat(Ec2InstanceState.of(VmState.OFF, Work.START)).isEqualTo(Ec2InstanceState.PENDING);
        assertThat(Ec2InstanceState.of(VmState.PAUSED, Work.NONE)).isEqualTo(Ec2InstanceState.STOPPED);
        assertThat(Ec2InstanceState.of(VmState.ENDED, Work.NONE).code()).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "*c", "a?c", "abc", "*", "a*c", "?b?"})
    void aFiltersWildcardsMatch(String pattern) {
        assertThat(ValuePattern.anyOf(java.util.List.of(pattern)).matches("abc"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABC", "a", "a\\*", "\\?bc", "abcd*", "??", "b*"})
    void whatAFilterDoesNotMeanDoesNotMatch(String pattern) {
        assertThat(ValuePattern.anyOf(java.util.List.of(pattern)).matches("abc"))
                .isFalse();
    }

    @Test
    void aBackslashTakesAWildcardAtItsWord() {
        assertThat(ValuePattern.anyOf(java.util.List.of("a\\*")).matches("a*")).isTrue();
    }

    @Test
    void whoeverAsksIsToldWhoTheyAre() {
        StsActions.CallerIdentity identity = new StsActions().getCallerIdentity(cloud.store.state(), cloud.bob);
        assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + cloud.bob.account() + ":user/bob");
        assertThat(identity.account()).isEqualTo(cloud.bob.account().value());
    }

    @Test
    void aRequestOfAnotherTypeNeverReachesAnAction() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> cloud.table
                        .find("RunInstances")
                        .orElseThrow()
                        .answer(
                                cloud.new Call(cloud.ann, false),
                                DescribeInstancesRequest.builder().build()))
                .isInstanceOf(ClassCastException.class);
    }
}
