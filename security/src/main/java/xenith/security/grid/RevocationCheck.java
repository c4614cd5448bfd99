package xenith.security.grid;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Asks the revocation lists in the trust directory about a certificate (RFC 5280 section 6.3, for lists that an authority
 * signs itself and that cover all its certificates). Java's own check is not used: it recurses without end where an
 * authority has certified a changed key of its own.
 */
final class RevocationCheck {
    private static final int CRL_SIGN = 6;

    private final TrustDirectory trust;
    private final GridStrength strength;
    private final RevocationPolicy policy;
    private final Instant now;

    RevocationCheck(TrustDirectory trust, GridStrength strength, RevocationPolicy policy, Instant now) {
        this.trust = trust;
        this.strength = strength;
        this.policy = policy;
        this.now = now;
    }

    /**
     * Refuses a certificate that is revoked, or of which that cannot be told.
     *
     * @param issuer the authority whose signature of it was verified
     */
    void check(X509Certificate certificate, X509Certificate issuer) {
        RevocationLists lists = trust.revocationLists(issuer.getSubjectX500Principal());
        List<X509CRL> genuine = lists.readable().stream()
                .filter(list -> isGenuine(list, issuer))
                .toList();
        if (genuine.stream().anyMatch(list -> list.getRevokedCertificate(certificate.getSerialNumber()) != null)) {
            throw new RefusedException(
                    Refusal.REVOKED_CERTIFICATE,
                    "It is the one of "
                            + RefusedException.quote(
                                    certificate.getSubjectX500Principal().getName()) + ".");
        }
        boolean needed = lists.present() || policy == RevocationPolicy.REQUIRED;
        if (needed && genuine.stream().noneMatch(this::isCurrent)) {
            throw new RefusedException(
                    Refusal.REVOCATION_UNKNOWN,
                    "The revocation list of "
                            + RefusedException.quote(
                                    issuer.getSubjectX500Principal().getName())
                            + " is missing, out of date or not genuine.");
        }
    }

    /** A list with critical extensions is of another kind: a part of one, or one about others' certificates. */
    private boolean isGenuine(X509CRL list, X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        Set<String> critical = list.getCriticalExtensionOIDs();
        if ((usage != null && !usage[CRL_SIGN])
                || (critical != null && !critical.isEmpty())
                || strength.weaknessOfSignature(list.getSigAlgName()).isPresent()) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean isCurrent(X509CRL list) {
        return !now.isBefore(list.getThisUpdate().toInstant())
                && list.getNextUpdate() != null
                && !now.isAfter(list.getNextUpdate().toInstant());
    }
}
