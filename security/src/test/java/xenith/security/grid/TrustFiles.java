package xenith.security.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import xenith.security.x509.Pem;

/** Fills a trust directory for a test. */
public record TrustFiles(Path directory) {
    /** Trusts the authority for the subjects of these patterns. */
    public TrustFiles trust(Made authority, String... patterns) {
        return certificate(authority.certificate()).policy(authority.certificate(), patterns);
    }

    TrustFiles certificate(X509Certificate authority) {
        return write(hash(authority) + ".0", Pem.of(authority));
    }

    TrustFiles policy(X509Certificate authority, String... patterns) {
        String quoted =
                List.of(patterns).stream().map(pattern -> "\"" + pattern + "\"").collect(Collectors.joining(" "));
        return write(hash(authority) + ".signing_policy", """
                access_id_CA  X509    '%s'
                pos_rights    globus  CA:sign
                cond_subjects globus  '%s'
                """.formatted(
                        GridName.of(authority.getSubjectX500Principal()).text(), quoted));
    }

    /** Has the authority revoke certificates; the signer may be a forger. */
    TrustFiles revoke(Made authority, Made signer, Instant from, Instant to, X509Certificate... revoked) {
        try {
            var builder = new X509v2CRLBuilder(authority.subject(), Date.from(from));
            builder.setNextUpdate(Date.from(to));
            for (X509Certificate certificate : revoked) {
                builder.addCRLEntry(certificate.getSerialNumber(), Date.from(from), 0);
            }
            builder.addCRLEntry(BigInteger.valueOf(Long.MAX_VALUE), Date.from(from), 0);
            var holder = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.privateKey()));
            X509CRL list = new JcaX509CRLConverter().getCRL(holder);
            return write(hash(authority.certificate()) + ".r0", Pem.block("X509 CRL", list.getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException("the test's own revocation list cannot be made", e);
        }
    }

    static String hash(X509Certificate authority) {
        return SubjectHash.current(authority.getSubjectX500Principal());
    }

    TrustFiles write(String name, String content) {
        try {
            Files.write(directory.resolve(name), content.getBytes(US_ASCII));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GridPathValidator validator() {
        return validator(GridStrength.MODERN, RevocationPolicy.IF_PRESENT);
    }

    GridPathValidator validator(GridStrength strength, RevocationPolicy revocation) {
        return new GridPathValidator(new TrustDirectory(directory), strength, revocation, Made.CLOCK);
    }
}
