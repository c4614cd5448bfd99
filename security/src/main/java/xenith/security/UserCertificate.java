package xenith.security;

import java.time.Instant;
import java.util.Objects;

/**
 * An X.509 certificate that stands for one user.
 *
 * @param fingerprint SHA-256 of the DER form, 64 lower-case hex digits
 * @param subject the subject's distinguished name
 * @param notBefore first instant of its validity
 * @param notAfter last instant of its validity
 * @param pem the certificate itself; holds no secret
 * @param accountId the account of the user
 * @param userId the user whom it identifies
 * @param enabled whether messages signed with its key are accepted
 */
public record UserCertificate(
        String fingerprint,
        String subject,
        Instant notBefore,
        Instant notAfter,
        String pem,
        String accountId,
        String userId,
        boolean enabled) {
    public UserCertificate {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(notAfter, "notAfter");
        Objects.requireNonNull(pem, "pem");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(userId, "userId");
    }

    public Identity identity() {
        return new Identity(accountId, userId, fingerprint);
    }
}
