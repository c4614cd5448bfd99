package xenith.security.x509;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What a certificate is to say, before it is signed.
 *
 * @param usage bits of {@link KeyUsage}
 */
record CertificateTemplate(
        X500Name subject,
        Duration validity,
        boolean isAuthority,
        int usage,
        Optional<KeyPurposeId> keyPurpose,
        List<String> names) {
    /** Clocks of those who verify may be behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(10);

    private static final int SERIAL_BITS = 127;

    static CertificateTemplate named(String commonName, Duration validity) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Xenith")
                .addRDN(BCStyle.CN, commonName)
                .build();
        return new CertificateTemplate(subject, validity, false, 0, Optional.empty(), List.of());
    }

    CertificateTemplate authority() {
        return new CertificateTemplate(subject, validity, true, usage, keyPurpose, names);
    }

    CertificateTemplate usage(int bits) {
        return new CertificateTemplate(subject, validity, isAuthority, bits, keyPurpose, names);
    }

    CertificateTemplate purpose(KeyPurposeId purpose) {
        return new CertificateTemplate(subject, validity, isAuthority, usage, Optional.of(purpose), names);
    }

    CertificateTemplate alternativeNames(List<String> hosts) {
        return new CertificateTemplate(subject, validity, isAuthority, usage, keyPurpose, List.copyOf(hosts));
    }

    static KeyPair newRsaKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(CertificateStrength.MIN_RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is not available", e);
        }
    }

    X509Certificate selfSigned(KeyPair keys, Clock clock) {
        return sign(builder(subject, keys.getPublic(), clock), keys.getPublic(), keys.getPublic(), keys.getPrivate());
    }

    X509Certificate signed(PublicKey key, X509Certificate issuer, PrivateKey issuerKey, Clock clock) {
        X500Name issuerName =
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        return sign(builder(issuerName, key, clock), key, issuer.getPublicKey(), issuerKey);
    }

    private JcaX509v3CertificateBuilder builder(X500Name issuer, PublicKey key, Clock clock) {
        Instant now = clock.instant();
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(now.minus(BACKDATED)), Date.from(now.plus(validity)), subject, key);
    }

    private X509Certificate sign(
            JcaX509v3CertificateBuilder builder, PublicKey key, PublicKey issuerKey, PrivateKey signingKey) {
        try {
            addExtensions(builder, key, issuerKey);
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(signingKey);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be signed", e);
        }
    }

    private void addExtensions(JcaX509v3CertificateBuilder builder, PublicKey key, PublicKey issuerKey)
            throws CertIOException, GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
        if (keyPurpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(keyPurpose.get()));
        }
        if (!names.isEmpty()) {
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives());
        }
    }

    private GeneralNames alternatives() {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.contains(":");
    }
}
