package xenith.security.grid;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Judges one way from a user's certificate to a trusted authority: signing policies, strength, and all that RFC 5280
 * section 6 asks for, which Java's PKIX does.
 */
final class AuthorityPathValidator {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private static final Map<CertPathValidatorException.Reason, Refusal> REASONS = Map.of(
            BasicReason.EXPIRED, Refusal.CERTIFICATE_NOT_VALID_NOW,
            BasicReason.NOT_YET_VALID, Refusal.CERTIFICATE_NOT_VALID_NOW,
            BasicReason.REVOKED, Refusal.REVOKED_CERTIFICATE,
            BasicReason.UNDETERMINED_REVOCATION_STATUS, Refusal.REVOCATION_UNKNOWN,
            BasicReason.ALGORITHM_CONSTRAINED, Refusal.WEAK_CERTIFICATE);

    private final TrustDirectory trust;
    private final GridStrength strength;
    private final RevocationPolicy revocation;
    private final Instant now;

    AuthorityPathValidator(TrustDirectory trust, GridStrength strength, RevocationPolicy revocation, Instant now) {
        this.trust = trust;
        this.strength = strength;
        this.revocation = revocation;
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
        checkTrusted(path.get(last), last - 1);
        checkPkix(path.subList(0, last), path.get(last));
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

    /** What PKIX leaves unsaid about the certificate at which it begins. */
    private void checkTrusted(X509Certificate authority, int authoritiesBelow) {
        refuseWeak(authority, strength.weaknessOfTrusted(authority.getPublicKey()));
        if (now.isBefore(authority.getNotBefore().toInstant())
                || now.isAfter(authority.getNotAfter().toInstant())) {
            throw new RefusedException(Refusal.CERTIFICATE_NOT_VALID_NOW, "It is the one of the trusted authority.");
        }
        if (authority.getBasicConstraints() < authoritiesBelow) {
            throw new RefusedException(Refusal.UNTRUSTED_CERTIFICATE, "Too many authorities follow the trusted one.");
        }
    }

    private void checkPkix(List<X509Certificate> below, X509Certificate trusted) {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker revoked = (PKIXRevocationChecker) validator.getRevocationChecker();
            // Lists come from the directory alone. Failing softly leaves the judgement of absent ones to this class.
            revoked.setOptions(EnumSet.of(
                    PKIXRevocationChecker.Option.PREFER_CRLS,
                    PKIXRevocationChecker.Option.NO_FALLBACK,
                    PKIXRevocationChecker.Option.SOFT_FAIL));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted, nameConstraints(trusted))));
            parameters.setDate(Date.from(now));
            parameters.addCertPathChecker(revoked);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocationLists(below))));
            validator.validate(path, parameters);
            for (CertPathValidatorException undetermined : revoked.getSoftFailExceptions()) {
                checkUndetermined(below.get(undetermined.getIndex()));
            }
        } catch (CertPathValidatorException e) {
            throw new RefusedException(
                    REASONS.getOrDefault(e.getReason(), Refusal.UNTRUSTED_CERTIFICATE), reason(below, e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKIX is not available", e);
        }
    }

    private static String reason(List<X509Certificate> below, CertPathValidatorException e) {
        return e.getIndex() < 0
                ? ""
                : "It is about "
                        + RefusedException.quote(below.get(e.getIndex())
                                .getSubjectX500Principal()
                                .getName())
                        + ".";
    }

    private static byte[] nameConstraints(X509Certificate trusted) {
        byte[] extension = trusted.getExtensionValue(NAME_CONSTRAINTS);
        return extension == null ? null : ASN1OctetString.getInstance(extension).getOctets();
    }

    private List<X509CRL> revocationLists(List<X509Certificate> below) {
        return below.stream()
                .flatMap(certificate -> trust.revocationLists(certificate.getIssuerX500Principal()).readable().stream())
                .toList();
    }

    private void checkUndetermined(X509Certificate certificate) {
        X500Principal issuer = certificate.getIssuerX500Principal();
        if (revocation == RevocationPolicy.REQUIRED
                || trust.revocationLists(issuer).present()) {
            throw new RefusedException(
                    Refusal.REVOCATION_UNKNOWN,
                    "The revocation list of " + RefusedException.quote(issuer.getName())
                            + " is missing, out of date or not genuine.");
        }
    }
}
