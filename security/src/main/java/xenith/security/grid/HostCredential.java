package xenith.security.grid;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What this side proves itself with.
 *
 * @param chain its certificate first, then authorities above it as far as they are told
 * @param privateKey RSA, of the first certificate
 */
public record HostCredential(List<X509Certificate> chain, PrivateKey privateKey) {
    public HostCredential {
        chain = List.copyOf(chain);
        Objects.requireNonNull(privateKey, "privateKey");
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    boolean isExpiredAt(Instant now) {
        return now.isAfter(certificate().getNotAfter().toInstant());
    }

    /** Names the certificate without its private key. */
    @Override
    public String toString() {
        return "HostCredential[" + certificate().getSubjectX500Principal() + "]";
    }
}
