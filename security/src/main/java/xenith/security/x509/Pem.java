package xenith.security.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The textual encodings of RFC 7468: certificates, and private keys as PKCS#8, read also as PKCS#1. */
public final class Pem {
    /** Chains and comments around a certificate stay far below. */
    static final int MAX_CHARS = 65_536;

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String RSA_PRIVATE_KEY = "RSA PRIVATE KEY";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    public static String of(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate cannot be encoded", e);
        }
    }

    /** The key unencrypted, as PKCS#8. */
    public static String of(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    /** Any content under any label, such as {@code RSA PRIVATE KEY}. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /**
     * Reads the first certificate of the text; text around it is ignored.
     *
     * @throws InvalidCertificateException if there is none that can be read
     */
    public static X509Certificate certificate(String pem) throws InvalidCertificateException {
        return certificate(content(CERTIFICATE, pem));
    }

    /**
     * Reads all certificates of the text, in their order, at least one; text around them is ignored.
     *
     * @throws InvalidCertificateException if there is none, or one that cannot be read
     */
    public static List<X509Certificate> certificates(String pem) throws InvalidCertificateException {
        List<X509Certificate> read = new ArrayList<>();
        for (byte[] der : contents(CERTIFICATE, pem)) {
            read.add(certificate(der));
        }
        return read;
    }

    /**
     * Reads the DER form.
     *
     * @throws InvalidCertificateException if it is not exactly one X.509 certificate
     */
    public static X509Certificate certificate(byte[] der) throws InvalidCertificateException {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(der);
            var read = CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            if (bytes.available() == 0 && read instanceof X509Certificate certificate) {
                return certificate;
            }
            throw new InvalidCertificateException("the certificate is followed by other data");
        } catch (CertificateException e) {
            throw new InvalidCertificateException("the data is not an X.509 certificate", e);
        }
    }

    /**
     * Reads an RSA key, as PKCS#8 or in the older form of PKCS#1.
     *
     * @throws InvalidCertificateException if the text holds no such key without a password
     */
    public static PrivateKey privateKey(String pem) throws InvalidCertificateException {
        try {
            byte[] pkcs8 = pem.contains("-----BEGIN " + RSA_PRIVATE_KEY + "-----")
                    ? pkcs8(content(RSA_PRIVATE_KEY, pem))
                    : content(PRIVATE_KEY, pem);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidCertificateException("the private key is not an RSA key in PKCS#8 or PKCS#1", e);
        }
    }

    private static byte[] pkcs8(byte[] pkcs1) throws IOException {
        var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new PrivateKeyInfo(rsa, ASN1Primitive.fromByteArray(pkcs1)).getEncoded();
    }

    private static byte[] content(String label, String pem) throws InvalidCertificateException {
        return contents(label, pem).get(0);
    }

    /** At least one. */
    private static List<byte[]> contents(String label, String pem) throws InvalidCertificateException {
        if (pem.length() > MAX_CHARS) {
            throw new InvalidCertificateException("the PEM text is longer than " + MAX_CHARS + " characters");
        }
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                .matcher(pem);
        List<byte[]> contents = new ArrayList<>();
        try {
            while (block.find()) {
                contents.add(Base64.getDecoder()
                        .decode(block.group(1).replaceAll("\\s", "").getBytes(US_ASCII)));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidCertificateException("the PEM block labelled " + label + " is not base64", e);
        }
        if (contents.isEmpty()) {
            throw new InvalidCertificateException("the text holds no PEM block labelled " + label);
        }
        return contents;
    }
}
