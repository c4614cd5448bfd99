package xenith.gateway.credentials;

import java.time.Instant;
import java.util.Optional;
import xenith.engine.model.Checks;
import xenith.engine.store.Index;
import xenith.engine.store.Table;
import xenith.security.UserCertificate;

/** A certificate and when it was added. */
public record CertificateRecord(UserCertificate certificate, Instant createdAt) {
    /** What the column holds; a certificate with some hundred names in it fits. */
    private static final int MAX_PEM_CHARS = 32_000;

    private static final int MAX_SUBJECT_CHARS = 1_000;

    public static final Index<String, String, CertificateRecord> BY_USER = new Index<>(
            "certificate by user", record -> Optional.of(record.certificate().userId()));

    public static final Table<String, CertificateRecord> TABLE = Table.<String, CertificateRecord>named(
                    "certificates", record -> record.certificate().fingerprint())
            .keyText("fingerprint", record -> record.certificate().fingerprint())
            .text("subject", record -> record.certificate().subject())
            .time("not_before_millis", record -> record.certificate().notBefore())
            .time("not_after_millis", record -> record.certificate().notAfter())
            .text("pem", record -> record.certificate().pem())
            .text("account", record -> record.certificate().accountId())
            .text("user_id", record -> record.certificate().userId())
            .flag("enabled", record -> record.certificate().enabled())
            .time("created_millis", CertificateRecord::createdAt)
            .index(BY_USER)
            .readBy(row -> new CertificateRecord(
                    new UserCertificate(
                            row.text("fingerprint"),
                            row.text("subject"),
                            row.time("not_before_millis"),
                            row.time("not_after_millis"),
                            row.text("pem"),
                            row.text("account"),
                            row.text("user_id"),
                            row.flag("enabled")),
                    row.time("created_millis")));

    public CertificateRecord {
        Checks.bounded("certificate", certificate.pem(), MAX_PEM_CHARS);
        Checks.bounded("certificate subject", certificate.subject(), MAX_SUBJECT_CHARS);
    }
}
