package xenith.gateway.credentials;

import java.security.cert.X509Certificate;
import xenith.engine.store.Table;
import xenith.engine.store.Transaction;
import xenith.security.x509.CertificateFingerprint;

/** The cloud's certificate authority: one row. */
public record AuthorityRecord(String fingerprint) {
    private static final String ONLY = "this";

    public static final Table<String, AuthorityRecord> TABLE = Table.<String, AuthorityRecord>named(
                    "authorities", authority -> ONLY)
            .keyText("id", authority -> ONLY)
            .text("fingerprint", AuthorityRecord::fingerprint)
            .readBy(row -> new AuthorityRecord(row.text("fingerprint")));

    public static AuthorityRecord of(X509Certificate certificate) {
        return new AuthorityRecord(CertificateFingerprint.of(certificate));
    }

    /** The one that is known; this one from now on if there is none. */
    public static AuthorityRecord orPut(Transaction tx, AuthorityRecord own) {
        return tx.find(TABLE, ONLY).orElseGet(() -> {
            tx.put(TABLE, own);
            return own;
        });
    }
}
