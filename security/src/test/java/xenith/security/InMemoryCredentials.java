package xenith.security;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store of credentials for tests. */
public final class InMemoryCredentials implements CredentialStore {
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final Map<String, UserCertificate> certificates = new ConcurrentHashMap<>();

    public void put(AccessKey key) {
        keys.put(key.id(), key);
    }

    public void put(UserCertificate certificate) {
        certificates.put(certificate.fingerprint(), certificate);
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
