package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

class HostUriTest {
    @Test
    void ourParameterIsTakenOutAndTheRestIsKept() throws DriverException {
        HostUri uri = HostUri.parse("qemu+unix:///system?socket=/srv/x/sock&xenith_domain_type=qemu");

        assertThat(uri.connectUri()).isEqualTo("qemu+unix:///system?socket=/srv/x/sock");
        assertThat(uri.domainType()).contains("qemu");
        assertThat(uri.local()).isTrue();
    }

    @Test
    void aPoolIsOursToo() throws DriverException {
        HostUri uri = HostUri.parse("xen+tls://hv1/system?xenith_pool=xenith-1.a&pkipath=/etc/pki/xenith");

        assertThat(uri.connectUri()).isEqualTo("xen+tls://hv1/system?pkipath=/etc/pki/xenith");
        assertThat(uri.pool()).contains("xenith-1.a");
        assertThat(HostUri.parse("xen:///system").pool()).isEmpty();
    }

    @Test
    void hostsWhosePoolsAreOneDirectoryAreOfOneStore() throws DriverException {
        HostUri one = HostUri.parse("xen+tls://hv1/system?xenith_pool=a&xenith_store=nfs-1");
        HostUri other = HostUri.parse("xen+tls://hv2/system?xenith_store=nfs-1&xenith_pool=b");

        assertThat(one.connectUri()).isEqualTo("xen+tls://hv1/system");
        assertThat(one.store("hv1")).isEqualTo(other.store("hv2")).contains("nfs-1");
        assertThat(HostUri.parse("xen+tls://hv1/system?xenith_pool=a").store("hv1"))
                .isNotEqualTo(
                        HostUri.parse("xen+tls://hv2/system?xenith_pool=a").store("hv2"));
        assertThat(HostUri.parse("xen:///system").store("hv1")).isEqualTo("shared");
    }

    @Test
    void aHostOfAnotherMachineIsNotLocal() throws DriverException {
        assertThat(HostUri.parse("xen+tls://hv1.example/system?pkipath=/etc/pki/xenith")
                        .local())
                .isFalse();
        assertThat(HostUri.parse("xen+ssh://root@10.0.0.1:2222/system?keyfile=/k&no_tty=1")
                        .driver())
                .isEqualTo("xen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qemu+ext:///system?command=/bin/evil",
                "qemu+ssh://h/system?command=/bin/evil",
                "qemu+ssh://h/system?netcat=/bin/evil",
                "qemu+ssh://-oProxyCommand=evil/system",
                "qemu+ssh://h/system?keyfile=/a%20b%20'c&command=x",
                "qemu+ssh://h/system?keyfile=-x",
                "esx://h/",
                "qemu:///system#fragment",
                "qemu:///system?xenith_domain_type=lxc",
                "xen:///system?xenith_pool=",
                "xen:///system?xenith_pool=a/b",
                "xen:///system?xenith_pool=-a",
                "xen:///system?xenith_store=nfs",
                "xen:///system?xenith_pool=a&xenith_store=b/c",
                "not a uri",
                ""
            })
    void whatCouldRunProgramsOrNeverWorksIsRefused(String text) {
        assertThatThrownBy(() -> HostUri.parse(text))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED));
    }
}
