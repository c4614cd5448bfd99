package xenith.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xenith.engine.model.AddressLease;
import xenith.engine.model.Ipv4;
import xenith.engine.model.NetworkId;
import xenith.engine.model.Subnet;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.model.VmId;

/** What {@link NetworkDriver} promises, one sentence a test. Every network driver passes it. */
public abstract class NetworkDriverContract {
    private static final AddressLease ONE = lease("10.99.0.10", "02:00:00:00:00:0a");
    private static final AddressLease OTHER = lease("10.99.0.11", "02:00:00:00:00:0b");

    /** The driver under test. */
    protected abstract NetworkDriver driver();

    /** A host that the driver serves. The same one throughout a test. */
    protected abstract HostEndpoint host();

    /** A network that the host can carry, whose addresses from 10.99.0.10 on are free. The same throughout a test. */
    protected VirtualNetwork network() {
        return new VirtualNetwork(
                new NetworkId(1),
                "private",
                "xenith99",
                Subnet.parse("10.99.0.0/24"),
                Ipv4.parse("10.99.0.10"),
                Ipv4.parse("10.99.0.200"),
                Ipv4.parse("10.99.0.1"));
    }

    /** Makes the driver ready; called before anything else of a test. */
    protected void openDriver() throws Exception {}

    /** Called after everything else of a test. */
    protected void closeDriver() throws Exception {}

    @BeforeEach
    final void openBeforeEach() throws Exception {
        openDriver();
    }

    @AfterEach
    final void nothingOfTheSuiteIsLeft() throws Exception {
        try {
            driver().withdraw(host(), network(), ONE);
            driver().withdraw(host(), network(), OTHER);
            assertThat(driver().admitted(host(), network())).isEmpty();
        } finally {
            closeDriver();
        }
    }

    @Test
    void aNetworkMayBeEnsuredAgainAndKeepsWhoIsAdmitted() throws Exception {
        driver().ensure(host(), network());
        driver().admit(host(), network(), ONE);

        driver().ensure(host(), network());

        assertThat(driver().admitted(host(), network())).isEqualTo(Set.of(ONE.mac()));
    }

    @Test
    void whoIsAdmittedIsListedByMac() throws Exception {
        driver().ensure(host(), network());

        driver().admit(host(), network(), ONE);
        driver().admit(host(), network(), OTHER);

        assertThat(driver().admitted(host(), network())).isEqualTo(Set.of(ONE.mac(), OTHER.mac()));
    }

    @Test
    void admittingAgainChangesNothing() throws Exception {
        driver().ensure(host(), network());

        driver().admit(host(), network(), ONE);
        driver().admit(host(), network(), ONE);

        assertThat(driver().admitted(host(), network())).isEqualTo(Set.of(ONE.mac()));
    }

    @Test
    void whoIsWithdrawnIsNotListedAndOthersAre() throws Exception {
        driver().ensure(host(), network());
        driver().admit(host(), network(), ONE);
        driver().admit(host(), network(), OTHER);

        driver().withdraw(host(), network(), ONE);
        driver().withdraw(host(), network(), ONE);

        assertThat(driver().admitted(host(), network())).isEqualTo(Set.of(OTHER.mac()));
    }

    @Test
    void anAddressPassesToItsNextHolder() throws Exception {
        AddressLease next = new AddressLease(ONE.network(), ONE.address(), "02:00:00:00:00:0c", new VmId(2));
        driver().ensure(host(), network());
        driver().admit(host(), network(), ONE);
        driver().withdraw(host(), network(), ONE);

        driver().admit(host(), network(), next);
        assertThat(driver().admitted(host(), network())).isEqualTo(Set.of(next.mac()));

        driver().withdraw(host(), network(), next);
    }

    @Test
    void withdrawingWhoWasNeverAdmittedReturns() {
        assertThatCode(() -> driver().withdraw(host(), network(), OTHER)).doesNotThrowAnyException();
    }

    private static AddressLease lease(String address, String mac) {
        return new AddressLease(new NetworkId(1), Ipv4.parse(address), mac, new VmId(1));
    }
}
