package xenith.gateway.credentials;

import java.util.Optional;
import xenith.engine.store.Store;
import xenith.security.AccessKey;
import xenith.security.CredentialStore;
import xenith.security.UserCertificate;
import xenith.security.soap.ReplayStore;

/** The stores that security asks for. Thread-safe; sees what is committed. */
public final class StoreCredentials implements CredentialStore, ReplayStore {
    private final Store store;

    public StoreCredentials(Store store) {
        this.store = store;
    }

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return store.state().find(KeyRecord.TABLE, accessKeyId).map(KeyRecord::key);
    }

    @Override
    public Optional<UserCertificate> certificate(String sha256FingerprintHex) {
        return store.state().find(CertificateRecord.TABLE, sha256FingerprintHex).map(CertificateRecord::certificate);
    }

    @Override
    public boolean seen(String digest) {
        return store.state().find(UsedDigest.TABLE, digest).isPresent();
    }

    /** Whether anything is stored that was sealed under the key file. */
    public boolean hasSecrets() {
        return !store.state().all(KeyRecord.TABLE).isEmpty();
    }
}
