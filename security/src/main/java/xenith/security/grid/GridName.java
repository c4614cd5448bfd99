package xenith.security.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * A distinguished name as grids write it, {@code /O=Grid/CN=Alice User}: OpenSSL's {@code X509_NAME_oneline}, with one
 * spelling for each attribute type, {@code emailAddress} for Email and E, {@code UID} for USERID. Names are equal if
 * their texts are; values keep their case.
 *
 * @param text the canonical text; bytes outside printable ASCII are {@code \xHH}, of the name's own encoding
 */
public record GridName(String text) {
    private static final String TYPE = "([A-Za-z][A-Za-z0-9]*|[0-9][0-9.]*)";
    private static final Pattern ATTRIBUTE = Pattern.compile("/" + TYPE + "=");
    private static final Pattern WHOLE = Pattern.compile("(/" + TYPE + "=).*", Pattern.DOTALL);
    private static final Pattern ESCAPED_BYTE = Pattern.compile("\\\\x[0-9A-Fa-f]{2}");

    /**
     * Reads a name as an administrator writes it.
     *
     * @throws IllegalArgumentException if it does not begin with a slash, a type and an equals sign
     */
    public GridName {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the name " + RefusedException.quote(text) + " does not begin like '/O=' or '/CN='");
        }
        text = canonical(text);
    }

    /**
     * The name of a certificate's subject.
     *
     * @throws RefusedException if its one-line form could be that of another name too: a value holds what looks like
     *     another attribute, or a backslash, or two attributes stand on one level
     */
    public static GridName of(X500Principal subject) {
        RDN[] parts = X500Name.getInstance(subject.getEncoded()).getRDNs();
        if (parts.length == 0) {
            throw new RefusedException(Refusal.UNTRUSTED_CERTIFICATE, "It has no subject.");
        }
        StringBuilder line = new StringBuilder();
        for (RDN part : parts) {
            if (part.isMultiValued()) {
                throw ambiguous(subject);
            }
            AttributeTypeAndValue pair = part.getFirst();
            String value = new String(content(pair.getValue()), ISO_8859_1);
            if (value.indexOf('\\') >= 0 || ATTRIBUTE.matcher(value).find()) {
                throw ambiguous(subject);
            }
            line.append('/')
                    .append(AttributeTypes.name(pair.getType()))
                    .append('=')
                    .append(escaped(value));
        }
        return new GridName(line.toString());
    }

    private static RefusedException ambiguous(X500Principal subject) {
        return new RefusedException(
                Refusal.UNTRUSTED_CERTIFICATE,
                "Its subject " + RefusedException.quote(subject.getName()) + " has no unambiguous one-line form.");
    }

    /** Aliases of types in their one spelling, also in patterns; bytes outside printable ASCII escaped. */
    static String canonical(String line) {
        String types =
                ATTRIBUTE.matcher(line).replaceAll(found -> "/" + AttributeTypes.canonical(found.group(1)) + "=");
        String bytes = escaped(new String(types.getBytes(UTF_8), ISO_8859_1));
        return ESCAPED_BYTE
                .matcher(bytes)
                .replaceAll(found -> "\\\\x" + found.group().substring(2).toUpperCase(Locale.ROOT));
    }

    /** The bytes of a string, without the type and length before them. */
    private static byte[] content(ASN1Encodable value) {
        try {
            byte[] der = value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
            int header = der[1] >= 0 ? 2 : 2 + (der[1] & 0x7F);
            return Arrays.copyOfRange(der, header, der.length);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed name cannot be encoded", e);
        }
    }

    /** @param bytes one in each character */
    private static String escaped(String bytes) {
        return bytes.chars()
                .mapToObj(b -> b >= ' ' && b <= '~' ? Character.toString(b) : String.format(Locale.ROOT, "\\x%02X", b))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return text;
    }
}
