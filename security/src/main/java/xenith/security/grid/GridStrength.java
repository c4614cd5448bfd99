package xenith.security.grid;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import xenith.security.x509.CertificateStrength;

/** Which keys and signatures of certificates are strong enough. */
public enum GridStrength {
    /** RSA of 2048 bits, SHA-256 or better. */
    MODERN(false, CertificateStrength.MIN_RSA_BITS),
    /** Certificates signed over SHA-1 too, and proxies with RSA of 1024 bits: what grids made until about 2014. */
    LEGACY(true, 1024);

    private final boolean sha1Allowed;
    private final int minProxyRsaBits;

    GridStrength(boolean sha1Allowed, int minProxyRsaBits) {
        this.sha1Allowed = sha1Allowed;
        this.minProxyRsaBits = minProxyRsaBits;
    }

    /** The shortest RSA key with which a message may be signed. */
    public int minRsaBits() {
        return minProxyRsaBits;
    }

    /** Says why a user's certificate is too weak, if so. */
    Optional<String> weaknessOfUser(X509Certificate user) {
        return weakness(user, CertificateStrength.MIN_RSA_BITS);
    }

    /** Says why a proxy certificate is too weak, if so. */
    Optional<String> weaknessOfProxy(X509Certificate proxy) {
        return weakness(proxy, minProxyRsaBits);
    }

    /** Says why an authority's certificate below the trusted one is too weak, if so. */
    Optional<String> weaknessOfAuthority(X509Certificate authority) {
        return weaknessOfTrusted(authority.getPublicKey())
                .or(() -> CertificateStrength.signatureWeakness(authority, sha1Allowed));
    }

    /** Says why a trusted authority's key is too weak, if so; what it is signed with proves nothing. */
    Optional<String> weaknessOfTrusted(PublicKey authority) {
        return authority instanceof RSAPublicKey
                ? CertificateStrength.keyWeakness(authority, CertificateStrength.MIN_RSA_BITS)
                : Optional.empty();
    }

    /** Says why a signature of a revocation list is too weak, if so. */
    Optional<String> weaknessOfSignature(String algorithm) {
        return CertificateStrength.signatureWeakness(algorithm, sha1Allowed);
    }

    private Optional<String> weakness(X509Certificate certificate, int minRsaBits) {
        return CertificateStrength.keyWeakness(certificate.getPublicKey(), minRsaBits)
                .or(() -> CertificateStrength.signatureWeakness(certificate, sha1Allowed));
    }
}
