package xenith.security.grid;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Finds out whom a chain of certificates stands for: a user whose certificate leads to a trusted authority, or proxies of
 * that user. That the peer holds the first certificate's key is for the caller to see. Thread-safe.
 */
public final class GridPathValidator {
    /** Proxies, the user's certificate and authorities; what TLS stacks send stays below. */
    public static final int MAX_CERTIFICATES = 20;

    private static final int DIGITAL_SIGNATURE = 0;

    private final TrustDirectory trust;
    private final GridStrength strength;
    private final RevocationPolicy revocation;
    private final Clock clock;

    public GridPathValidator(TrustDirectory trust, GridStrength strength, RevocationPolicy revocation, Clock clock) {
        this.trust = Objects.requireNonNull(trust, "trust");
        this.strength = Objects.requireNonNull(strength, "strength");
        this.revocation = Objects.requireNonNull(revocation, "revocation");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public GridStrength strength() {
        return strength;
    }

    /**
     * Validates a chain as it was sent.
     *
     * @param chain the peer's own certificate first, each one's issuer next; authorities may be left out
     * @throws RefusedException if it leads nowhere, or anything in it does not hold
     */
    public GridIdentity validate(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES) {
            throw new RefusedException(
                    Refusal.UNTRUSTED_CERTIFICATE,
                    "A chain of " + chain.size() + " certificates is not within 1.." + MAX_CERTIFICATES + ".");
        }
        try {
            return validate(chain, clock.instant());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            // Java reads a certificate's parts only when they are asked for, and so does BouncyCastle.
            throw new RefusedException(Refusal.UNTRUSTED_CERTIFICATE, "A part of it cannot be read.");
        }
    }

    private GridIdentity validate(List<X509Certificate> chain, Instant now) {
        List<ProxyCertificate> proxies = proxies(chain);
        List<X509Certificate> sent = chain.subList(proxies.size(), chain.size());
        List<X509Certificate> path = trustedPath(sent, now);
        checkUser(path.get(0));
        new ProxyChain(strength, now).check(proxies, path.get(0));
        return identity(proxies, path);
    }

    private static List<ProxyCertificate> proxies(List<X509Certificate> chain) {
        List<ProxyCertificate> proxies = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            Optional<ProxyCertificate> proxy = ProxyCertificate.read(certificate);
            if (proxy.isEmpty()) {
                return proxies;
            }
            proxies.add(proxy.get());
        }
        throw new RefusedException(Refusal.INVALID_PROXY, "The certificate of its user is missing.");
    }

    private List<X509Certificate> trustedPath(List<X509Certificate> sent, Instant now) {
        AuthorityPathValidator validator = new AuthorityPathValidator(trust, strength, revocation, now);
        RefusedException reason = new RefusedException(
                Refusal.UNTRUSTED_CERTIFICATE,
                "None is known for "
                        + RefusedException.quote(
                                sent.get(0).getIssuerX500Principal().getName())
                        + ".");
        for (List<X509Certificate> path : AuthorityPaths.find(trust, sent)) {
            try {
                validator.check(path);
                return path;
            } catch (RefusedException refused) {
                // What is wrong with a way that holds together says more than that another one does not.
                reason = reason.refusal() == Refusal.UNTRUSTED_CERTIFICATE ? refused : reason;
            }
        }
        throw reason;
    }

    private static void checkUser(X509Certificate user) {
        boolean[] usage = user.getKeyUsage();
        if (user.getBasicConstraints() >= 0) {
            throw new RefusedException(Refusal.UNTRUSTED_CERTIFICATE, "An authority is not a user.");
        }
        if ((usage != null && !usage[DIGITAL_SIGNATURE]) || !ClientPurpose.allows(user)) {
            throw new RefusedException(
                    Refusal.UNTRUSTED_CERTIFICATE,
                    "Its key usage must hold digitalSignature, and its extended key usage clientAuth, if it has them.");
        }
    }

    private static GridIdentity identity(List<ProxyCertificate> proxies, List<X509Certificate> path) {
        List<X509Certificate> whole = new ArrayList<>();
        proxies.forEach(proxy -> whole.add(proxy.certificate()));
        whole.addAll(path);
        Instant expires = whole.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        X509Certificate user = path.get(0);
        return new GridIdentity(
                GridName.of(user.getSubjectX500Principal()),
                user.getSubjectX500Principal(),
                proxies.stream().anyMatch(proxy -> proxy.info().rights() == ProxyCertInfo.Rights.LIMITED),
                expires,
                whole);
    }
}
