package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import xenith.engine.port.DriverException;

class LibvirtVersionsTest {
    @Test
    void aHostWithAnOlderLibvirtIsRefusedByName() {
        assertThatThrownBy(() -> LibvirtVersions.refuseOlder("hv1", 6_999_999))
                .isInstanceOf(DriverException.class)
                .hasMessage("host hv1 has libvirt 6.999.999, which is older than 7.0.0");
        assertThatCode(() -> LibvirtVersions.refuseOlder("hv1", 7_000_000)).doesNotThrowAnyException();
    }
}
