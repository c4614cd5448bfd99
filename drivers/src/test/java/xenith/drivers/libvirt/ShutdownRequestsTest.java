package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import xenith.engine.model.HostId;

class ShutdownRequestsTest {
    private final ShutdownRequests requests = new ShutdownRequests();
    private final HostId host = new HostId(1);
    private final UUID vm = UUID.randomUUID();

    @Test
    void aGuestIsAskedOnceUntilItHasBootedAgain() {
        assertThat(requests.isFirst(host, vm, 7)).isTrue();
        assertThat(requests.isFirst(host, vm, 7)).isFalse();
        assertThat(requests.isFirst(host, vm, 8)).isTrue();
    }

    @Test
    void eachHostAndGuestIsAskedForItself() {
        requests.isFirst(host, vm, 7);

        assertThat(requests.isFirst(new HostId(2), vm, 7)).isTrue();
        assertThat(requests.isFirst(host, UUID.randomUUID(), 7)).isTrue();
        requests.forget(host, vm);
        assertThat(requests.isFirst(host, vm, 7)).isTrue();
    }
}
