package xenith.security.grid;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Judges one way from a user's certificate to a trusted authority: signing policies, strength, all that RFC 5280 section
 * 6.1 asks for, which Java's PKIX does, and revocation.
 */
final class AuthorityPathValidator {
    private static final Map<CertPathValidatorException.Reason, Refusal> REASONS = Map.of(
            BasicReason.EXPIRED, Refusal.CERTIFICATE_NOT_VALID_NOW,
            BasicReason.NOT_YET_VALID, Refusal.CERTIFICATE_NOT_VALID_NOW,
            BasicReason.ALGORITHM_CONSTRAINED, Refusal.WEAK_CERTIFICATE);

    private final TrustDirectory trust;
    private final GridStrength strength;
    private final RevocationCheck revocation;
    private final Instant now;

    AuthorityPathValidator(TrustDirectory trust, GridStrength strength, RevocationPolicy policy, Instant now) {
        this.trust = trust;
        this.strength = strength;
        this.revocation = new RevocationCheck(trust, strength, policy, now);
        this.now = now;
    }

    /**
     * Accepts the path or refuses it.
     *
     * @param path the user's certificate first, the trusted authority last
     */
    void check(List<X509Certificate> path) {
        int last = path.size() - 1;
        for (int i = 0; i < last; i++) {
            checkPolicy(path.get(i));
            Optional<String> weakness =
                    i == 0 ? strength.weaknessOfUser(path.get(i)) : strength.weaknessOfAuthority(path.get(i));
            refuseWeak(path.get(i), weakness);
        }
        refuseWeak(path.get(last), strength.weaknessOfTrusted(path.get(last).getPublicKey()));
        checkPkix(path);
        for (int i = 0; i < last; i++) {
            revocation.check(path.get(i), path.get(i + 1));
        }
    }

    private void checkPolicy(X509Certificate certificate) {
        X500Principal issuer = certificate.getIssuerX500Principal();
        GridName subject = GridName.of(certificate.getSubjectX500Principal());
        boolean allowed = trust.signingPolicy(issuer)
                .map(policy -> policy.allows(GridName.of(issuer), subject))
                .orElse(false);
        if (!allowed) {
            throw new RefusedException(
                    Refusal.UNTRUSTED_CERTIFICATE,
                    "No signing policy lets the authority " + RefusedException.quote(issuer.getName()) + " certify "
                            + RefusedException.quote(subject.text()) + ".");
        }
    }

    private static void refuseWeak(X509Certificate certificate, Optional<String> weakness) {
        if (weakness.isPresent()) {
            throw new RefusedException(
                    Refusal.WEAK_CERTIFICATE,
                    "Namely, of "
                            + RefusedException.quote(
                                    certificate.getSubjectX500Principal().getName()) + ", " + weakness.get() + ".");
        }
    }

    /**
     * What is trusted is the authority's name and key; its certificate is judged like the others, since else PKIX would
     * not look at its validity and constraints.
     */
    private void checkPkix(List<X509Certificate> path) {
        X509Certificate trusted = path.get(path.size() - 1);
        try {
            PKIXParameters parameters = new PKIXParameters(
                    Set.of(new TrustAnchor(trusted.getSubjectX500Principal(), trusted.getPublicKey(), null)));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw new RefusedException(
                    REASONS.getOrDefault(e.getReason(), Refusal.UNTRUSTED_CERTIFICATE), reason(path, e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKIX is not available", e);
        }
    }

    private static String reason(List<X509Certificate> certificates, CertPathValidatorException e) {
        return e.getIndex() < 0
                ? ""
                : "It is about "
                        + RefusedException.quote(certificates
                                .get(e.getIndex())
                                .getSubjectX500Principal()
                                .getName())
                        + ".";
    }
}
