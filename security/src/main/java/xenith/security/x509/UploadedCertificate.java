package xenith.security.x509;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import xenith.security.UserCertificate;

/** A user's certificate that was made elsewhere, found acceptable. It is trusted by itself, not by who issued it. */
public record UploadedCertificate(X509Certificate certificate) {
    /**
     * Judges a certificate that a user brings.
     *
     * @throws InvalidCertificateException saying why it is not accepted: not X.509, a weak key, a SHA-1 signature,
     *     expired or not yet valid
     */
    public static UploadedCertificate check(String pem, Clock clock) throws InvalidCertificateException {
        X509Certificate certificate = Pem.certificate(pem);
        Optional<String> weakness = CertificateStrength.weakness(certificate);
        if (weakness.isPresent()) {
            throw new InvalidCertificateException(weakness.get());
        }
        Instant now = clock.instant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (now.isAfter(notAfter)) {
            throw new InvalidCertificateException("the certificate expired at " + notAfter);
        }
        Instant notBefore = certificate.getNotBefore().toInstant();
        if (now.isBefore(notBefore)) {
            throw new InvalidCertificateException("the certificate is not valid before " + notBefore);
        }
        return new UploadedCertificate(certificate);
    }

    /** What to store so that the certificate stands for the user. */
    public UserCertificate of(String accountId, String userId) {
        return userCertificate(certificate, accountId, userId);
    }

    static UserCertificate userCertificate(X509Certificate certificate, String accountId, String userId) {
        return new UserCertificate(
                CertificateFingerprint.of(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Pem.of(certificate),
                accountId,
                userId,
                true);
    }
}
