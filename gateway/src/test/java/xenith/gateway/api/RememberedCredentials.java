package xenith.gateway.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.security.AccessKey;
import xenith.security.CredentialStore;
import xenith.security.UserCertificate;

/** Credentials in memory, outside any unit of work. */
final class RememberedCredentials implements CredentialRecords, CredentialStore {
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final Map<String, UserCertificate> certificates = new ConcurrentHashMap<>();

    void put(AccessKey key) {
        keys.put(key.id(), key);
    }

    @Override
    public List<AccessKey> accessKeys(Snapshot state, UserId user) {
        return keys.values().stream()
                .filter(key -> key.userId().equals(user.toString()))
                .toList();
    }

    @Override
    public List<UserCertificate> certificates(Snapshot state, UserId user) {
        return certificates.values().stream()
                .filter(held -> held.userId().equals(user.toString()))
                .toList();
    }

    @Override
    public void add(Transaction tx, AccessKey key) {
        put(key);
    }

    @Override
    public boolean add(Transaction tx, UserCertificate certificate) {
        return certificates.putIfAbsent(certificate.fingerprint(), certificate) == null;
    }

    @Override
    public void remove(Transaction tx, AccessKey key) {
        keys.remove(key.id());
    }

    @Override
    public void remove(Transaction tx, UserCertificate certificate) {
        certificates.remove(certificate.fingerprint());
    }

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId));
    }

    @Override
    public Optional<UserCertificate> certificate(String sha256FingerprintHex) {
        return Optional.ofNullable(certificates.get(sha256FingerprintHex));
    }
}
