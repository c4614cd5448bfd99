package xenith.security.grid;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A certificate and its key, made for a test; it can make others. Keys are made once for the whole run. */
public record Made(X509Certificate certificate, KeyPair keys) {
    public static final Instant NOW = Instant.parse("2026-01-31T20:32:24.875Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** Either side of the test's now, and of the day on which it runs, since some readers have clocks of their own. */
    static final Duration VALIDITY = Duration.ofDays(20_000);

    private static final List<KeyPair> KEYS =
            Stream.generate(() -> newKeys("RSA", 2048)).limit(8).toList();

    /** In turn, so that nobody has the key of its issuer; those whose likeness would matter get one of their own. */
    private static final Deque<KeyPair> NEXT_KEYS = new ArrayDeque<>(KEYS);

    static KeyPair newKeys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static synchronized KeyPair nextKeys() {
        KeyPair next = NEXT_KEYS.removeFirst();
        NEXT_KEYS.addLast(next);
        return next;
    }

    /** The name that grids write so. */
    static X500Name name(String line) {
        String[] parts = line.substring(1).split("/(?=[A-Za-z]+=)", -1);
        return new X500Name(Arrays.stream(parts)
                .map(part -> new X500Name(part.replace("+", "\\+").replace(",", "\\,")).getRDNs()[0])
                .toArray(RDN[]::new));
    }

    /** An authority that certifies itself. */
    public static Made root(String line) {
        return root(line, nextKeys());
    }

    /** Likewise, with a key that certainly nobody else has. */
    public static Made stranger(String line) {
        return root(line, newKeys("RSA", 2048));
    }

    private static Made root(String line, KeyPair keys) {
        return new Making(name(line), keys).asAuthority().signedBy(name(line), keys);
    }

    Made authority(String line) {
        return sign(new Making(name(line), nextKeys()).asAuthority());
    }

    /** A user with the extensions that authorities give nowadays. */
    public Made user(String line) {
        return sign(plainUser(line)
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)));
    }

    static Making plainUser(String line) {
        return new Making(name(line), nextKeys());
    }

    /** A proxy of this user or proxy, as RFC 3820 has it. */
    public Made proxy() {
        return sign(proxyNamed("1234").with(ProxyExtensions.rfc(ProxyExtensions.INHERIT_ALL)));
    }

    /** Likewise, with a key that certainly nobody else has. */
    public Made proxyWithOwnKey() {
        return sign(proxyNamed("1234").ownKey().with(ProxyExtensions.rfc(ProxyExtensions.INHERIT_ALL)));
    }

    /** Likewise, with another proxy's key. */
    public Made proxyWithKeyOf(Made other) {
        return sign(proxyNamed("1234").keys(other.keys()).with(ProxyExtensions.rfc(ProxyExtensions.INHERIT_ALL)));
    }

    /** What could become a proxy of this one; the marks of its kind are still missing. */
    Making proxyNamed(String commonName) {
        List<RDN> parts = new ArrayList<>(List.of(subject().getRDNs()));
        parts.add(new X500Name("CN=" + commonName).getRDNs()[0]);
        return new Making(new X500Name(parts.toArray(RDN[]::new)), nextKeys());
    }

    Made sign(Making making) {
        return making.signedBy(subject(), keys);
    }

    X500Name subject() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /** One extension, to be put into a certificate. */
    record Added(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {}
}
