package xenith.gateway.api;

import java.util.List;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.security.AccessKey;
import xenith.security.UserCertificate;

/** Where users' credentials are kept: in the engine's store, in the caller's unit of work. Implementations hold no state. */
public interface CredentialRecords {
    /** In no order. */
    List<AccessKey> accessKeys(Snapshot state, UserId user);

    /** In no order. */
    List<UserCertificate> certificates(Snapshot state, UserId user);

    void add(Transaction tx, AccessKey key);

    /** @return false, and nothing is changed, when the certificate stands for a user already */
    boolean add(Transaction tx, UserCertificate certificate);

    void remove(Transaction tx, AccessKey key);

    void remove(Transaction tx, UserCertificate certificate);
}
