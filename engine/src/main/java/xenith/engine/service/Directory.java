package xenith.engine.service;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import xenith.engine.model.Account;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.EventKind;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Accounts;
import xenith.engine.tables.ImageShares;
import xenith.engine.tables.PlacementGroups;
import xenith.engine.tables.Users;
import xenith.engine.tables.Vms;

/** Accounts and users. */
public final class Directory {
    private final RandomGenerator random;

    /** @param random draws account numbers */
    public Directory(RandomGenerator random) {
        this.random = random;
    }

    /** @throws EngineException {@code NOT_ALLOWED}, {@code NAME_TAKEN} */
    public Account addAccount(Transaction tx, Caller caller, String name, int maxVms) {
        Authorization.requireOperator(caller);
        return createAccount(tx, name, maxVms);
    }

    /** The cloud's own first account, for which there is no caller yet. Otherwise as {@link #addAccount}. */
    public Account createAccount(Transaction tx, String name, int maxVms) {
        if (accountByName(tx.state(), name).isPresent()) {
            throw new EngineException(ErrorCode.NAME_TAKEN, "there is an account named '" + name + "'");
        }
        AccountId id = freeId(tx);
        Account account = new Account(id, name, maxVms, tx.now());
        tx.put(Accounts.TABLE, account);
        tx.emit(EventKind.ACCOUNT_ADDED, "account/" + id, Optional.of(id), name);
        return account;
    }

    /** @throws EngineException {@code NOT_ALLOWED}, {@code ACCOUNT_NOT_FOUND}, {@code ACCOUNT_IN_USE} */
    public Account removeAccount(Transaction tx, Caller caller, AccountId id) {
        Authorization.requireOperator(caller);
        Account account = tx.find(Accounts.TABLE, id)
                .orElseThrow(() -> new EngineException(ErrorCode.ACCOUNT_NOT_FOUND, "there is no account " + id));
        long users = tx.state().count(Users.BY_ACCOUNT, id);
        long machines = tx.state()
                .by(Vms.BY_ACCOUNT, Vms.TABLE, id)
                .filter(vm -> !vm.ended())
                .count();
        if (users > 0 || machines > 0) {
            throw new EngineException(
                    ErrorCode.ACCOUNT_IN_USE,
                    "account " + account.name() + " has " + users + " users and " + machines + " machines");
        }
        ImageShares.removeAll(tx, id);
        PlacementGroups.removeAll(tx, id);
        tx.remove(Accounts.TABLE, id);
        tx.emit(EventKind.ACCOUNT_REMOVED, "account/" + id, Optional.of(id), account.name());
        return account;
    }

    /** @throws EngineException {@code NOT_ALLOWED}, {@code ACCOUNT_NOT_FOUND}, {@code NAME_TAKEN} */
    public User addUser(Transaction tx, Caller caller, AccountId account, String name, Role role) {
        Authorization.requireOperator(caller);
        return createUser(tx, account, name, role);
    }

    /** The cloud's own first user, for which there is no caller yet. Otherwise as {@link #addUser}. */
    public User createUser(Transaction tx, AccountId account, String name, Role role) {
        if (tx.find(Accounts.TABLE, account).isEmpty()) {
            throw new EngineException(ErrorCode.ACCOUNT_NOT_FOUND, "there is no account " + account);
        }
        if (userByName(tx.state(), name).isPresent()) {
            throw new EngineException(ErrorCode.NAME_TAKEN, "there is a user named '" + name + "'");
        }
        User user = new User(new UserId(tx.next("user")), account, name, role, true, tx.now());
        tx.put(Users.TABLE, user);
        tx.emit(EventKind.USER_ADDED, "user/" + user.id(), Optional.of(account), name);
        return user;
    }

    /** @throws EngineException {@code NOT_ALLOWED}, {@code USER_NOT_FOUND}, {@code INVALID} for the caller's own */
    public User removeUser(Transaction tx, Caller caller, UserId id) {
        Authorization.requireOperator(caller);
        User user = tx.find(Users.TABLE, id)
                .orElseThrow(() -> new EngineException(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
        if (caller.user().equals(id)) {
            throw new EngineException(ErrorCode.INVALID, "user " + user.name() + " cannot remove itself");
        }
        tx.remove(Users.TABLE, id);
        tx.emit(EventKind.USER_REMOVED, "user/" + id, Optional.of(user.account()), user.name());
        return user;
    }

    public Optional<Account> accountByName(Snapshot state, String name) {
        return state.by(Accounts.BY_NAME, Accounts.TABLE, name).findFirst();
    }

    public Optional<User> userByName(Snapshot state, String name) {
        return state.by(Users.BY_NAME, Users.TABLE, name).findFirst();
    }

    private AccountId freeId(Transaction tx) {
        while (true) {
            AccountId id = new AccountId(String.format(Locale.ROOT, "%012d", random.nextLong(1, 1_000_000_000_000L)));
            if (tx.find(Accounts.TABLE, id).isEmpty()) {
                return id;
            }
        }
    }
}
