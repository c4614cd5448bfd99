package xenith.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import xenith.engine.model.Capacity;
import xenith.engine.model.Host;
import xenith.engine.model.HostId;
import xenith.engine.model.HostState;
import xenith.engine.model.OperationStatus;
import xenith.engine.model.VirtualMachine;
import xenith.engine.model.VmId;
import xenith.engine.model.VmState;
import xenith.engine.model.Work;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.EngineTables;
import xenith.engine.tables.Hosts;
import xenith.engine.tables.Images;
import xenith.engine.tables.Leases;
import xenith.engine.tables.Operations;
import xenith.engine.tables.Vms;

/** A database that the first version has made, with what it held, is brought forward when it is opened. */
abstract class UpgradeContract {
    private static final String FIRST_VERSION = "1.0.1";

    private static final List<String> FIRST_ROWS = List.of(
            "INSERT INTO counters VALUES ('vm', 7)",
            "INSERT INTO counters VALUES ('commit', 12)",
            "INSERT INTO cloud VALUES ('this', 'a3a1b0de-6a62-4d6c-9b3f-0d2d0b7f6c11')",
            "INSERT INTO accounts VALUES ('000000000001', 'main', 100, 1000)",
            "INSERT INTO users VALUES (1, '000000000001', 'admin', 'OPERATOR', 1, 1000)",
            "INSERT INTO hosts VALUES (1, 'hv1', 'libvirt', 'xen:///system', 'a', 'ERROR', 'no route', 800, 4096, 10000,"
                    + " 'Xen', '4.17', 'x86_64', 4, 1000)",
            "INSERT INTO images VALUES (1, '000000000001', 'mini', '', 'KERNEL', 'x86_64', 'mini/vmlinuz', 'RAW', 1, 1,"
                    + " NULL, NULL, 1, 'AVAILABLE', '', 1000)",
            "INSERT INTO networks VALUES (1, 'default', 'xenbr0', '10.84.0.0/16', '10.84.0.16', '10.84.255.254',"
                    + " '10.84.0.1')",
            "INSERT INTO address_leases VALUES (1, '10.84.0.16', '52:54:00:00:00:01', 7)",
            "INSERT INTO vms VALUES (7, '5f0c8a36-9d5c-4a4b-8a9a-1f5a3a2f7b11', 'web', '000000000001', 1, 'm1.small', 1,"
                    + " 100, 512, 1000, NULL, 1, NULL, 'quiet', 'i-1', 'web', '', '', NULL, 0, 'RUNNING', 'REBOOT', 1,"
                    + " 'NONE', '', 1000, 2000, 1500, NULL)",
            "INSERT INTO operations VALUES (3, 7, 1, NULL, 'REBOOT', 'RUNNING', 1, 2000, 2000, '')",
            "INSERT INTO events VALUES (41, 2000, 'VM_CHANGED', 'vm/7', '000000000001', 'REBOOT')");

    /** A new and empty one. */
    abstract Database database();

    @Test
    void whatTheFirstVersionHeldIsThereAndGoesOn() throws SQLException {
        Database database = database();
        makeFirst(database);

        try (SqlStore store =
                SqlStore.open(database, EngineTables.all(), List.of(EngineTables.MIGRATIONS), Clock.systemUTC())) {
            Snapshot state = store.state();
            assertThat(state.all(Accounts.TABLE)).hasSize(1);
            assertThat(state.all(Images.TABLE)).hasSize(1);
            assertThat(Leases.of(state, new VmId(7))).hasSize(1);
            Host host = state.find(Hosts.TABLE, new HostId(1)).orElseThrow();
            assertThat(host.state()).isEqualTo(HostState.ERROR);
            assertThat(host.wish()).isEqualTo(HostState.ON);
            VirtualMachine vm = state.find(Vms.TABLE, new VmId(7)).orElseThrow();
            assertThat(vm.state()).isEqualTo(VmState.RUNNING);
            assertThat(vm.work()).isEqualTo(Work.REBOOT);
            assertThat(vm.target()).isEqualTo(Optional.empty());
            assertThat(state.sum(Vms.HELD, host.id())).isEqualTo(new Capacity(100, 512, 1000));
            assertThat(state.all(Operations.TABLE))
                    .extracting(operation -> operation.status())
                    .containsExactly(OperationStatus.RUNNING);
            assertThat(store.<Long>write(tx -> tx.next("vm"))).isEqualTo(8);
            assertThat(store.eventsAfter(0, 10)).hasSize(1);
        }
    }

    private static void makeFirst(Database database) throws SQLException {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.login().map(Database.Login::user).orElse(null),
                        database.login().map(Database.Login::password).orElse(null))
                .locations(EngineTables.MIGRATIONS)
                .target(FIRST_VERSION)
                .load()
                .migrate();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String row : FIRST_ROWS) {
                statement.execute(row);
            }
        }
    }
}
