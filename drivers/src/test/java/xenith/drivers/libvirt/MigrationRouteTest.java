package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.model.HostId;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;

class MigrationRouteTest {
    @ParameterizedTest
    @CsvSource({
        "xen+tls://127.0.0.1:9999/system?pkipath=/k, 10.77.0.2, xen+tls://10.77.0.2/system, tcp://10.77.0.2",
        "xen+ssh://root@b/system, b.example:49160, xen+tls://b.example/system, tcp://b.example:49160",
        "qemu+tcp://b/system, '[fd00::2]:49160', qemu+tls://[fd00::2]/system, tcp://[fd00::2]:49160"
    })
    void hostsMeetAtTheMigrationAddress(String uri, String address, String control, String data)
            throws DriverException {
        assertThat(MigrationRoute.to(host(uri, address)))
                .isEqualTo(new MigrationRoute(Optional.of(control), Optional.of(data)));
    }

    @Test
    void withoutOneTheyMeetWhereWeReachTheTargetByTls() throws DriverException {
        assertThat(MigrationRoute.to(host("xen+tls://b.example:16515/system?pkipath=/k", null)))
                .isEqualTo(new MigrationRoute(Optional.of("xen+tls://b.example:16515/system"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xen+ssh://root@b/system", "xen+tcp://b/system", "qemu:///system", "test:///default"})
    void hostsThatWeReachOtherwiseMeetThroughUs(String uri) throws DriverException {
        assertThat(MigrationRoute.to(host(uri, null)))
                .isEqualTo(new MigrationRoute(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b/../c", "b?x=1", "user@b", "b:123456", "fd00::2", "b c"})
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(() -> MigrationRoute.to(host("xen+tls://b/system", address)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("'" + address + "'");
    }

    private static HostEndpoint host(String uri, String migrationAddress) {
        return new HostEndpoint(new HostId(2), "b", uri, Optional.ofNullable(migrationAddress), UUID.randomUUID());
    }
}
