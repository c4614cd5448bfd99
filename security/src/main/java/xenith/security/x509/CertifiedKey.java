package xenith.security.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * A private key and the certificate that vouches for it.
 *
 * @param chain the key's own certificate first, each signed by the next
 * @param privateKey RSA
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey privateKey) {
    public CertifiedKey {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files: the certificate, followed by those between it and an authority that others trust, and the key
     * without a password.
     *
     * @throws IOException when a file cannot be read
     * @throws InvalidCertificateException when one is not what it should be, or they do not belong together
     */
    public static CertifiedKey read(Path certificateFile, Path keyFile)
            throws IOException, InvalidCertificateException {
        List<X509Certificate> chain = Pem.certificates(Files.readString(certificateFile, US_ASCII));
        PrivateKey key = Pem.privateKey(Files.readString(keyFile, US_ASCII));
        if (!belongTogether(chain.get(0), key)) {
            throw new InvalidCertificateException(keyFile + " does not hold the key of " + certificateFile);
        }
        return new CertifiedKey(chain, key);
    }

    /** Whether the key, of RSA, is that of the certificate. */
    public static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        return certificate.getPublicKey() instanceof RSAKey certified
                && key instanceof RSAKey own
                && certified.getModulus().equals(own.getModulus());
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Names the certificate without the key. */
    @Override
    public String toString() {
        return "CertifiedKey[" + certificate().getSubjectX500Principal() + "]";
    }
}
