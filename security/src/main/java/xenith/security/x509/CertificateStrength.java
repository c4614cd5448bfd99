package xenith.security.x509;

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
        if (!(certificate.getPublicKey() instanceof RSAPublicKey rsa)) {
            return Optional.of("the key is " + certificate.getPublicKey().getAlgorithm() + ", not RSA");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            return Optional.of("the RSA key has " + bits + " bits, not " + MIN_RSA_BITS + " to " + MAX_RSA_BITS);
        }
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!SIGNATURES.contains(signature)) {
            return Optional.of("the certificate is signed with " + certificate.getSigAlgName()
                    + ", which is not SHA-256 or better");
        }
        return Optional.empty();
    }
}
