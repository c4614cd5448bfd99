package xenith.gateway.ec2.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

class BlockDevicesTest {
    private ActionHarness cloud;

    @BeforeEach
    void begin() {
        cloud = new ActionHarness();
    }

    @Test
    void theRootDeviceIsAsLargeAsItsTypeSaysUnlessMoreOrLessIsAskedFor() {
        assertThat(diskMib(cloud.runRequest(1).build())).isEqualTo(2048);
        assertThat(diskMib(with(root(ebs -> ebs.volumeSize(10))))).isEqualTo(10_240);
        assertThat(diskMib(with(root(ebs -> ebs.volumeSize(1).volumeType("gp2").deleteOnTermination(true)))))
                .isEqualTo(1024);
        assertThat(diskMib(with(root(ebs -> ebs.encrypted(false))))).isEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 16_385})
    void aSizeThatCannotBeIsRefused(int gib) {
        assertThat(code(root(ebs -> ebs.volumeSize(gib)))).isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
    }

    @Test
    void aRootDeviceThatIsLargerThanEveryHostsRoomIsNotLaunched() {
        assertThat(code(root(ebs -> ebs.volumeSize(16_384)))).isEqualTo(Ec2ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ephemeral0", "ephemeral9", "ephemeral23"})
    void disksThatNoTypeHasAreLeftOut(String name) {
        assertThat(diskMib(with(mapping("/dev/sdb").virtualName(name).build()))).isEqualTo(2048);
    }

    @Test
    void aDeviceThatIsNotToBeThereIsNotThere() {
        assertThat(diskMib(with(mapping("/dev/sdb").noDevice("").build()))).isEqualTo(2048);
    }

    @Test
    void otherDevicesCannotBeHad() {
        assertThat(code(mapping("/dev/sdb").ebs(ebs -> ebs.volumeSize(1)).build()))
                .isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(code(mapping("/dev/sdb").virtualName("ephemeral24").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
        assertThat(code(mapping(null).virtualName("ephemeral0").build())).isEqualTo(Ec2ErrorCode.MISSING_PARAMETER);
    }

    @Test
    void theRootDeviceStaysWhatItIs() {
        assertThat(code(mapping("/dev/sda1").noDevice("").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
        assertThat(code(mapping("/dev/sda1").virtualName("ephemeral0").build()))
                .isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
        assertThat(code(root(ebs -> ebs.snapshotId("snap-00000000"))))
                .isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
        assertThat(code(root(ebs -> ebs.deleteOnTermination(false)))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(code(root(ebs -> ebs.volumeType("io1")))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(code(root(ebs -> ebs.iops(100)))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(code(root(ebs -> ebs.encrypted(true)))).isEqualTo(Ec2ErrorCode.UNSUPPORTED_OPERATION);
        assertThat(cloud.code(cloud.runRequest(1)
                        .blockDeviceMappings(root(ebs -> ebs.volumeSize(2)), root(ebs -> ebs.volumeSize(3)))
                        .build()))
                .isEqualTo(Ec2ErrorCode.INVALID_BLOCK_DEVICE_MAPPING);
    }

    private long diskMib(RunInstancesRequest request) {
        return cloud.vm(cloud.run(request).get(0)).spec().capacity().diskMib();
    }

    private Ec2ErrorCode code(BlockDeviceMapping mapping) {
        return cloud.code(with(mapping));
    }

    private RunInstancesRequest with(BlockDeviceMapping mapping) {
        return cloud.runRequest(1).blockDeviceMappings(mapping).build();
    }

    private static BlockDeviceMapping root(Consumer<EbsBlockDevice.Builder> ebs) {
        return mapping("/dev/sda1").ebs(ebs).build();
    }

    private static BlockDeviceMapping.Builder mapping(String device) {
        return BlockDeviceMapping.builder().deviceName(device);
    }
}
