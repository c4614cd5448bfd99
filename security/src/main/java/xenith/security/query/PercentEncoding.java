package xenith.security.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Percent-encoding of RFC 3986 over UTF-8, as both signature versions demand it, and a strict decoder. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** Everything but the unreserved characters of RFC 3986 section 2.3 becomes upper-case %XX. */
    static String encode(String text) {
        return encode(text, false);
    }

    /** As {@link #encode(String)}, slashes left alone. */
    static String encodePath(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlash) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isUnreserved(c) || (keepSlash && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /**
     * Decodes one name or value of a form; a plus sign is a space.
     *
     * @throws RefusedException for anything but visible ASCII, whole %XX groups and well-formed UTF-8
     */
    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(hexPair(encoded, i));
                i += 2;
            } else if (c > ' ' && c < 0x7F) {
                bytes.write(c == '+' ? ' ' : c);
            } else {
                throw malformed("A character outside visible ASCII is not percent-encoded.");
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The percent-encoded bytes are not UTF-8.");
        }
    }

    private static int hexPair(String encoded, int percentAt) {
        if (percentAt + 2 < encoded.length()
                && HexFormat.isHexDigit(encoded.charAt(percentAt + 1))
                && HexFormat.isHexDigit(encoded.charAt(percentAt + 2))) {
            return HexFormat.fromHexDigits(encoded, percentAt + 1, percentAt + 3);
        }
        throw malformed("A percent sign is not followed by two hex digits.");
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(Refusal.MALFORMED_PARAMETERS, detail);
    }
}
