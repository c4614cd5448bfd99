package xenith.gateway.api;

import java.time.Instant;
import xenith.engine.model.Account;
import xenith.engine.store.Snapshot;
import xenith.engine.tables.Users;
import xenith.engine.tables.Vms;

/**
 * An account in JSON.
 *
 * @param maxVms how many machines it may hold that have not ended
 * @param vms how many it holds
 */
record AccountView(String id, String name, int maxVms, long vms, int users, Instant createdAt) {
    static AccountView of(Snapshot state, Account account) {
        long vms = state.by(Vms.BY_ACCOUNT, Vms.TABLE, account.id())
                .filter(vm -> !vm.ended())
                .count();
        return new AccountView(
                account.id().value(),
                account.name(),
                account.maxVms(),
                vms,
                state.count(Users.BY_ACCOUNT, account.id()),
                account.createdAt());
    }
}
