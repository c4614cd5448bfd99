package xenith.security.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.Pem;

/**
 * The authorities that a grid trusts, as they lie in {@code /etc/grid-security/certificates}: {@code HASH.0} is an
 * authority's certificate, {@code HASH.signing_policy} says whom it may certify, {@code HASH.r0} lists what it revoked;
 * of several files with one hash the next ones end in 1, 2 and so on. HASH is made of the authority's subject, in either
 * of OpenSSL's ways. Only files for the name at hand are looked at, and those anew whenever they have changed.
 * Thread-safe.
 */
public final class TrustDirectory {
    /** Names rarely share a hash, and an authority rarely has more keys in use than two. */
    private static final int MAX_OF_ONE_HASH = 10;

    private final Path directory;
    private final FileCache<X509Certificate> certificates = new FileCache<>((file, bytes) -> authority(bytes));
    private final FileCache<X509CRL> lists = new FileCache<>((file, bytes) -> revocationList(bytes));
    private final FileCache<SigningPolicy> policies =
            new FileCache<>((file, bytes) -> SigningPolicyParser.parse(new String(bytes, UTF_8)));

    public TrustDirectory(Path directory) {
        this.directory = directory;
    }

    private static X509Certificate authority(byte[] content) throws InvalidCertificateException {
        X509Certificate certificate = Pem.certificate(new String(content, ISO_8859_1));
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[5])) {
            throw new InvalidCertificateException("the certificate is not one of an authority");
        }
        return certificate;
    }

    private static X509CRL revocationList(byte[] content) throws InvalidCertificateException {
        try {
            var read = CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content));
            return (X509CRL) read;
        } catch (GeneralSecurityException e) {
            throw new InvalidCertificateException("the file holds no certificate revocation list", e);
        }
    }

    /** The authorities of that subject; several if their key was changed. Damaged files are as if they were not there. */
    List<X509Certificate> authorities(X500Principal subject) {
        return find(certificates, subject, "").values().stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(subject))
                .toList();
    }

    /** What the authority revoked. A damaged list is there, but cannot be read. */
    RevocationLists revocationLists(X500Principal authority) {
        Found<X509CRL> found = find(lists, authority, "r");
        Set<X509CRL> own = new LinkedHashSet<>(found.values());
        own.removeIf(list -> !list.getIssuerX500Principal().equals(authority));
        return new RevocationLists(List.copyOf(own), found.damaged() || !own.isEmpty());
    }

    /** Whom the authority may certify; empty if there is no usable file about it, which means nobody. */
    Optional<SigningPolicy> signingPolicy(X500Principal authority) {
        for (String hash : hashes(authority)) {
            Path file = directory.resolve(hash + ".signing_policy");
            if (Files.exists(file)) {
                try {
                    return policies.find(file);
                } catch (UnusableFileException logged) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private record Found<T>(Set<T> values, boolean damaged) {}

    private <T> Found<T> find(FileCache<T> cache, X500Principal subject, String kind) {
        Set<T> values = new LinkedHashSet<>();
        boolean damaged = false;
        for (String hash : hashes(subject)) {
            for (int i = 0; i < MAX_OF_ONE_HASH; i++) {
                try {
                    Optional<T> value = cache.find(directory.resolve(hash + "." + kind + i));
                    if (value.isEmpty()) {
                        break;
                    }
                    values.add(value.get());
                } catch (UnusableFileException logged) {
                    damaged = true;
                }
            }
        }
        return new Found<>(values, damaged);
    }

    private static List<String> hashes(X500Principal subject) {
        return List.of(SubjectHash.current(subject), SubjectHash.old(subject));
    }
}
