package xenith.security.x509;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a user's certificate must at least be: RSA of 2048 bits, signed over SHA-256 or better. */
public final class CertificateStrength {
    public static final int MIN_RSA_BITS = 2048;

    /** Larger keys make each verification slow. */
    public static final int MAX_RSA_BITS = 8192;

    private static final Set<String> SIGNATURES = Set.of(
            "SHA256WITHRSA", "SHA384WITHRSA", "SHA512WITHRSA", "SHA256WITHECDSA", "SHA384WITHECDSA", "SHA512WITHECDSA");

    private CertificateStrength() {}

    /** Says why the certificate is not acceptable, if so; its validity in time is not judged. */
    public static Optional<String> weakness(X509Certificate certificate) {
        return keyWeakness(certificate.getPublicKey(), MIN_RSA_BITS).or(() -> signatureWeakness(certificate, false));
    }

    /** Says why a key is too weak, or so strong that it is a burden, if so. */
    public static Optional<String> keyWeakness(PublicKey key, int minRsaBits) {
        if (!(key instanceof RSAPublicKey rsa)) {
            return Optional.of("the key is " + key.getAlgorithm() + ", not RSA");
        }
        int bits = rsa.getModulus().bitLength();
        return bits < minRsaBits || bits > MAX_RSA_BITS
                ? Optional.of("the RSA key has " + bits + " bits, not " + minRsaBits + " to " + MAX_RSA_BITS)
                : Optional.empty();
    }

    /** Says why what the issuer signed the certificate with is too weak, if so. */
    public static Optional<String> signatureWeakness(X509Certificate certificate, boolean sha1Allowed) {
        return signatureWeakness(certificate.getSigAlgName(), sha1Allowed)
                .map(weakness -> "the certificate is signed with " + weakness);
    }

    /** Says why a signature algorithm, named as Java names it, is too weak, if so. */
    public static Optional<String> signatureWeakness(String algorithm, boolean sha1Allowed) {
        String upperCase = algorithm.toUpperCase(Locale.ROOT);
        return SIGNATURES.contains(upperCase) || (sha1Allowed && upperCase.equals("SHA1WITHRSA"))
                ? Optional.empty()
                : Optional.of(algorithm + ", which is not SHA-256 or better");
    }
}
