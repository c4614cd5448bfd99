package xenith.security.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The name under which a certificate is stored. */
public final class CertificateFingerprint {
    private CertificateFingerprint() {}

    /** SHA-256 of the DER form, 64 lower-case hex digits. */
    public static String of(X509Certificate certificate) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate's fingerprint cannot be computed", e);
        }
    }
}
