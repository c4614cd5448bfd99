package xenith.security.x509;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import xenith.security.UserCertificate;

/**
 * A fresh certificate and its private key, which is kept nowhere else.
 *
 * @param certificate signed by the authority
 * @param privateKey RSA
 */
public record IssuedCertificate(X509Certificate certificate, PrivateKey privateKey) {
    public String certificatePem() {
        return Pem.of(certificate);
    }

    /** PKCS#8, as EC2_PRIVATE_KEY of Amazon's own tools expects it. */
    public String privateKeyPem() {
        return Pem.of(privateKey);
    }

    /** What to store so that the certificate stands for the user. */
    public UserCertificate of(String accountId, String userId) {
        return UploadedCertificate.userCertificate(certificate, accountId, userId);
    }

    /** Names the certificate without its private key. */
    @Override
    public String toString() {
        return "IssuedCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
