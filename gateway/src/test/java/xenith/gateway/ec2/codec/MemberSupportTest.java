package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class MemberSupportTest {
    private static final MemberSupport RUN = MemberSupport.of(Codec.shape("RunInstances"))
            .supports("ImageId", "MinCount", "TagSpecification", "BlockDeviceMapping.DeviceName")
            .supports("BlockDeviceMapping.Ebs.VolumeSize")
            .ignores("Monitoring")
            .accepts("EbsOptimized", false)
            .accepts("BlockDeviceMapping.Ebs.Encrypted", false)
            .build();

    @ParameterizedTest
    @CsvSource({
        "ImageId, ami-1",
        "DryRun, true",
        "Monitoring.Enabled, true",
        "EbsOptimized, false",
        "TagSpecification.1.Tag.1.Key, k",
        "BlockDeviceMapping.1.Ebs.VolumeSize, 8",
        "BlockDeviceMapping.1.Ebs.Encrypted, false"
    })
    void whatIsDeclaredPasses(String name, String value) {
        assertThatCode(() -> RUN.check(Codec.query("RunInstances", name, value)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "EbsOptimized, true, EbsOptimized",
        "ClientToken, t, ClientToken",
        "IamInstanceProfile.Name, x, IamInstanceProfile",
        "Placement.Tenancy, host, Placement",
        "BlockDeviceMapping.2.Ebs.Encrypted, true, BlockDeviceMapping.Ebs.Encrypted",
        "BlockDeviceMapping.2.VirtualName, x, BlockDeviceMapping.VirtualName"
    })
    void anyOtherMemberIsRefusedByName(String name, String value, String refused) {
        Ec2Error refusal = catchThrowableOfType(
                Ec2Error.class, () -> RUN.check(Codec.query("RunInstances", "ImageId", "ami-1", name, value)));
        assertThat(refusal.code()).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(refusal).hasMessageContaining(" " + refused + " ");
    }

    @Test
    void anEmptyStructureSaysNothing() {
        var request = RunInstancesRequest.builder()
                .iamInstanceProfile(profile -> {})
                .networkInterfaces(List.of())
                .build();
        assertThatCode(() -> RUN.check(request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nonsense", "ImageId.Nonsense", "Placement.Nonsense", "TagSpecification.1"})
    void aDeclarationThatTheModelLacksFailsAtOnce(String name) {
        assertThatThrownBy(() -> MemberSupport.of(Codec.shape("RunInstances"))
                        .supports(name)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.replaceAll("\\..*", ""));
    }
}
