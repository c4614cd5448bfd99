package xenith.security.grid;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Validates the proxies of a user, as RFC 3820 section 4 says, which Java's PKIX does not know. The forms before the RFC
 * are held to the same rules but for their extension.
 */
final class ProxyChain {
    /** Each delegation adds one; grids rarely have more than four. */
    static final int MAX_PROXIES = 10;

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    /** Extensions that may be critical, since what they say is looked at here or means nothing here. */
    private static final Set<String> UNDERSTOOD =
            Set.of(ProxyKind.RFC_3820.extension(), ProxyKind.DRAFT.extension(), "2.5.29.15", "2.5.29.19", "2.5.29.37");

    private static final List<String> ALTERNATIVE_NAMES = List.of("2.5.29.17", "2.5.29.18");

    private final GridStrength strength;
    private final Instant now;

    ProxyChain(GridStrength strength, Instant now) {
        this.strength = strength;
        this.now = now;
    }

    /**
     * Accepts the proxies or refuses them.
     *
     * @param proxies the one that proves itself first, the one that the user signed last
     * @param user the user's own certificate, already found trustworthy
     * @throws RefusedException if any of them does not hold
     */
    void check(List<ProxyCertificate> proxies, X509Certificate user) {
        X509Certificate issuer = user;
        int allowed = MAX_PROXIES;
        for (int i = proxies.size() - 1; i >= 0; i--) {
            ProxyCertificate proxy = proxies.get(i);
            if (allowed == 0) {
                throw invalid("More proxies follow each other than one of them, or the limit of " + MAX_PROXIES
                        + ", allows.");
            }
            if (proxy.kind() != proxies.get(0).kind()) {
                throw invalid("Proxies of different kinds are mixed.");
            }
            checkIssued(proxy.certificate(), issuer);
            checkContent(proxy);
            issuer = proxy.certificate();
            allowed = Math.min(allowed - 1, proxy.info().pathLength().orElse(allowed));
        }
    }

    private void checkIssued(X509Certificate proxy, X509Certificate issuer) {
        if (!proxy.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw invalid("It was not issued by the certificate that follows it.");
        }
        if (ProxyCertificate.ownCommonName(proxy).isEmpty()) {
            throw invalid("Its subject is not its issuer's with one common name more.");
        }
        try {
            proxy.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw invalid("Its signature is not its issuer's.");
        }
    }

    private void checkContent(ProxyCertificate proxy) {
        X509Certificate certificate = proxy.certificate();
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new RefusedException(Refusal.CERTIFICATE_NOT_VALID_NOW, "It is the one of a proxy.");
        }
        Optional<String> weakness = strength.weaknessOfProxy(certificate);
        if (weakness.isPresent()) {
            throw new RefusedException(Refusal.WEAK_CERTIFICATE, "Namely, of a proxy, " + weakness.get() + ".");
        }
        if (proxy.info().rights() == ProxyCertInfo.Rights.INDEPENDENT) {
            throw invalid(
                    "It is independent: it carries none of its user's rights, and none are granted here otherwise.");
        }
        checkExtensions(proxy);
    }

    private static void checkExtensions(ProxyCertificate proxy) {
        X509Certificate certificate = proxy.certificate();
        Set<String> critical =
                Optional.ofNullable(certificate.getCriticalExtensionOIDs()).orElse(Set.of());
        if (proxy.kind() != ProxyKind.LEGACY && !critical.contains(proxy.kind().extension())) {
            throw invalid("Its proxyCertInfo extension is not critical.");
        }
        Set<String> unknown = new HashSet<>(critical);
        unknown.removeAll(UNDERSTOOD);
        if (!unknown.isEmpty()) {
            throw invalid("It has critical extensions that are not known here: " + String.join(", ", unknown) + ".");
        }
        if (certificate.getBasicConstraints() >= 0) {
            throw invalid("It says that it is an authority.");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && (!usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN])) {
            throw invalid("Its key usage must hold digitalSignature and not keyCertSign.");
        }
        if (ALTERNATIVE_NAMES.stream().anyMatch(name -> certificate.getExtensionValue(name) != null)) {
            throw invalid("It has an alternative name.");
        }
        if (!ClientPurpose.allows(certificate)) {
            throw invalid("Its extended key usage does not hold clientAuth.");
        }
    }

    private static RefusedException invalid(String detail) {
        return new RefusedException(Refusal.INVALID_PROXY, detail);
    }
}
