package xenith.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.StoppedDetail;
import xenith.engine.port.DomainEnd;

class DomainEndsTest {
    private static final Map<StoppedDetail, Integer> NUMBERS = Map.of(
            StoppedDetail.SHUTDOWN, 0,
            StoppedDetail.DESTROYED, 1,
            StoppedDetail.CRASHED, 2,
            StoppedDetail.MIGRATED, 3,
            StoppedDetail.SAVED, 4,
            StoppedDetail.FAILED, 5);

    private final DomainEnds ends = new DomainEnds();
    private final UUID vm = UUID.randomUUID();

    @Test
    void onlyAnEndAgainstTheGuestsWillIsRemembered() {
        assertThat(after(StoppedDetail.SHUTDOWN)).isNull();
        assertThat(after(StoppedDetail.MIGRATED)).isNull();
        assertThat(after(StoppedDetail.SAVED)).isNull();
        assertThat(after(StoppedDetail.CRASHED)).isEqualTo(DomainEnd.CRASHED);
        assertThat(after(StoppedDetail.FAILED)).isEqualTo(DomainEnd.KILLED);
        assertThat(after(StoppedDetail.DESTROYED)).isEqualTo(DomainEnd.KILLED);
        assertThat(after(StoppedDetail.SHUTDOWN)).isNull();
    }

    @Test
    void aDomainThatStartsAgainHasNotEnded() {
        assertThat(after(StoppedDetail.FAILED)).isEqualTo(DomainEnd.KILLED);

        ends.heard(vm, new DomainEvent(DomainEventType.STARTED, 0));

        assertThat(ends.all()).isEmpty();
    }

    @Test
    void theOldestIsForgottenBeyondTheLimit() {
        assertThat(after(StoppedDetail.FAILED)).isNotNull();
        for (int i = 0; i < DomainEnds.MAX_REMEMBERED; i++) {
            ends.heard(UUID.randomUUID(), stopped(StoppedDetail.FAILED));
        }

        assertThat(ends.all()).hasSize(DomainEnds.MAX_REMEMBERED).doesNotContainKey(vm);
    }

    private DomainEnd after(StoppedDetail detail) {
        ends.heard(vm, stopped(detail));
        return ends.all().get(vm);
    }

    /** The numbers are libvirt's virDomainEventStoppedDetailType. */
    private static DomainEvent stopped(StoppedDetail detail) {
        return new DomainEvent(DomainEventType.STOPPED, NUMBERS.get(detail));
    }
}
