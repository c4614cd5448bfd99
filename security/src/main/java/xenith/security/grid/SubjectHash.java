package xenith.security.grid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/** The names of files in a trust directory: eight hex digits made of an authority's subject, as OpenSSL makes them. */
final class SubjectHash {
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\x0B\\f\\r]+");
    private static final Pattern OUTER_BLANKS = Pattern.compile("^ | $");

    private SubjectHash() {}

    /** Since OpenSSL 1.0 ({@code openssl x509 -subject_hash}): SHA-1 over the canonical form of the name. */
    static String current(X500Principal subject) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (RDN part : X500Name.getInstance(subject.getEncoded()).getRDNs()) {
            parts.writeBytes(encoded(canonical(part)));
        }
        return firstBytes("SHA-1", parts.toByteArray());
    }

    /** Before OpenSSL 1.0 ({@code -subject_hash_old}): MD5 over the DER form. */
    static String old(X500Principal subject) {
        return firstBytes("MD5", subject.getEncoded());
    }

    private static String firstBytes(String algorithm, byte[] name) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(name);
            int first = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getInt();
            return String.format(Locale.ROOT, "%08x", first);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is not available", e);
        }
    }

    private static RDN canonical(RDN part) {
        return new RDN(Stream.of(part.getTypesAndValues())
                .map(pair -> new AttributeTypeAndValue(pair.getType(), canonical(pair.getValue())))
                .toArray(AttributeTypeAndValue[]::new));
    }

    /** Strings as UTF-8, ASCII letters in lower case, each stretch of blanks one space, none outside. */
    private static ASN1Encodable canonical(ASN1Encodable value) {
        if (!(value instanceof ASN1String string) || value instanceof ASN1NumericString) {
            return value;
        }
        String single = BLANKS.matcher(string.getString()).replaceAll(" ");
        String trimmed = OUTER_BLANKS.matcher(single).replaceAll("");
        StringBuilder lower = new StringBuilder(trimmed.length());
        trimmed.chars()
                .map(letter -> letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter)
                .forEach(letter -> lower.append((char) letter));
        return new DERUTF8String(lower.toString());
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed name cannot be encoded", e);
        }
    }
}
