package xenith.gateway.credentials;

import java.util.Comparator;
import java.util.List;
import xenith.engine.model.UserId;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.security.AccessKey;
import xenith.security.UserCertificate;

/** Users' keys and certificates: made, listed, disabled, removed. Who may do that is for the caller to judge. */
public final class Credentials {
    /** The oldest first. */
    public List<KeyRecord> keys(Snapshot state, UserId user) {
        return state.by(KeyRecord.BY_USER, KeyRecord.TABLE, user.toString())
                .sorted(Comparator.comparing(KeyRecord::createdAt)
                        .thenComparing(record -> record.key().id()))
                .toList();
    }

    /** The oldest first. */
    public List<CertificateRecord> certificates(Snapshot state, UserId user) {
        return state.by(CertificateRecord.BY_USER, CertificateRecord.TABLE, user.toString())
                .sorted(Comparator.comparing(CertificateRecord::createdAt)
                        .thenComparing(record -> record.certificate().fingerprint()))
                .toList();
    }

    public void add(Transaction tx, AccessKey key) {
        tx.put(KeyRecord.TABLE, new KeyRecord(key, tx.now()));
    }

    /** @return false, and nothing is changed, when the certificate stands for a user already */
    public boolean add(Transaction tx, UserCertificate certificate) {
        if (tx.find(CertificateRecord.TABLE, certificate.fingerprint()).isPresent()) {
            return false;
        }
        tx.put(CertificateRecord.TABLE, new CertificateRecord(certificate, tx.now()));
        return true;
    }

    /** @return whether there is such a key */
    public boolean setKeyEnabled(Transaction tx, String keyId, boolean enabled) {
        return tx.find(KeyRecord.TABLE, keyId)
                .map(record -> {
                    AccessKey key = record.key();
                    AccessKey changed =
                            new AccessKey(key.id(), key.encryptedSecret(), key.accountId(), key.userId(), enabled);
                    tx.put(KeyRecord.TABLE, new KeyRecord(changed, record.createdAt()));
                    return true;
                })
                .orElse(false);
    }

    /** @return whether there is such a certificate */
    public boolean setCertificateEnabled(Transaction tx, String fingerprint, boolean enabled) {
        return tx.find(CertificateRecord.TABLE, fingerprint)
                .map(record -> {
                    UserCertificate old = record.certificate();
                    UserCertificate changed = new UserCertificate(
                            old.fingerprint(),
                            old.subject(),
                            old.notBefore(),
                            old.notAfter(),
                            old.pem(),
                            old.accountId(),
                            old.userId(),
                            enabled);
                    tx.put(CertificateRecord.TABLE, new CertificateRecord(changed, record.createdAt()));
                    return true;
                })
                .orElse(false);
    }

    /** @return whether there was such a key */
    public boolean removeKey(Transaction tx, String keyId) {
        return tx.remove(KeyRecord.TABLE, keyId).isPresent();
    }

    /** @return whether there was such a certificate */
    public boolean removeCertificate(Transaction tx, String fingerprint) {
        return tx.remove(CertificateRecord.TABLE, fingerprint).isPresent();
    }
}
