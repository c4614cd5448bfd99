package xenith.security.grid;

import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate of a test before it is signed. */
record Making(
        X500Name subject,
        KeyPair keys,
        Instant notBefore,
        Instant notAfter,
        String algorithm,
        List<Made.Added> extensions) {
    private static final AtomicLong SERIALS = new AtomicLong(1);

    Making(X500Name subject, KeyPair keys) {
        this(subject, keys, Made.NOW.minus(Made.VALIDITY), Made.NOW.plus(Made.VALIDITY), "SHA256withRSA", List.of());
    }

    Making with(Made.Added added) {
        List<Made.Added> more = new ArrayList<>(extensions);
        more.removeIf(other -> other.type().equals(added.type()));
        more.add(added);
        return new Making(subject, keys, notBefore, notAfter, algorithm, List.copyOf(more));
    }

    Making with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return with(new Made.Added(type, critical, value));
    }

    Making asAuthority() {
        return with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    Making valid(Instant from, Instant to) {
        return new Making(subject, keys, from, to, algorithm, extensions);
    }

    Making keys(KeyPair other) {
        return new Making(subject, other, notBefore, notAfter, algorithm, extensions);
    }

    /** With a key that certainly nobody else has. */
    Making ownKey() {
        return keys(Made.newKeys("RSA", 2048));
    }

    Making algorithm(String other) {
        return new Making(subject, keys, notBefore, notAfter, other, extensions);
    }

    Making named(String line) {
        return new Making(Made.name(line), keys, notBefore, notAfter, algorithm, extensions);
    }

    Made signedBy(X500Name issuer, KeyPair issuerKeys) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    keys.getPublic());
            for (Made.Added added : extensions) {
                builder.addExtension(added.type(), added.critical(), added.value());
            }
            var signer = new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate());
            return new Made(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
        } catch (Exception e) {
            throw new IllegalStateException("the test's own certificate cannot be made", e);
        }
    }
}
