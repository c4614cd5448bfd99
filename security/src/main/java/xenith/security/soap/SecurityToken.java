package xenith.security.soap;

import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.x509.InvalidCertificateException;

/** Reads the certificates that a message brings with it. */
final class SecurityToken {
    private SecurityToken() {}

    /**
     * The certificates of a BinarySecurityToken, the signer's own first.
     *
     * @throws RefusedException if it is of another kind than those, or cannot be read
     */
    static List<X509Certificate> signerFirst(Element token, Set<TokenKind> kinds) {
        String type = token.getAttributeNS(null, "ValueType");
        TokenKind kind = kinds.stream()
                .filter(candidate -> candidate.valueType().equals(type))
                .findFirst()
                .orElseThrow(() -> unreadable(kinds));
        String text = token.getTextContent();
        if (text.length() > kind.maxChars()) {
            throw unreadable(kinds);
        }
        try {
            return kind.signerFirst(Base64.getMimeDecoder().decode(text));
        } catch (InvalidCertificateException | IllegalArgumentException e) {
            throw unreadable(kinds);
        }
    }

    private static RefusedException unreadable(Set<TokenKind> kinds) {
        return new RefusedException(
                Refusal.MALFORMED_SECURITY_HEADER,
                "The BinarySecurityToken must hold X.509 certificates as "
                        + kinds.stream()
                                .sorted()
                                .map(kind -> kind.valueType().replaceFirst(".*#", "") + " of at most " + kind.maxChars()
                                        + " characters")
                                .collect(Collectors.joining(" or "))
                        + ".");
    }
}
