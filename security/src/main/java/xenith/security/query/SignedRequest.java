package xenith.security.query;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * An HTTP request as it came over the wire, nothing decoded.
 *
 * @param method the HTTP method, as sent
 * @param rawPath the path of the request target, not decoded and not normalised; empty stands for {@code /}
 * @param rawQuery what follows the question mark, not decoded; empty if there is none
 * @param headers every header line in the order of arrival; a name may occur more than once
 * @param body the whole body, without transfer encoding; the caller bounds its size and leaves it unchanged
 */
@SuppressWarnings("ArrayRecordComponent") // the body is up to some MiB, is not compared, and must not be copied
public record SignedRequest(String method, String rawPath, String rawQuery, List<HeaderField> headers, byte[] body) {
    private static final String FORM = "application/x-www-form-urlencoded";

    public SignedRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(body, "body");
        rawPath = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
        rawQuery = rawQuery == null ? "" : rawQuery;
        headers = List.copyOf(headers);
    }

    /** The values of all header lines of that name, ignoring case, in order. */
    List<String> all(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    /** @throws RefusedException if the header was sent more than once, since two readers could choose differently */
    Optional<String> single(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new RefusedException(
                    Refusal.INCOMPLETE_SIGNATURE, "The header " + name + " must not be sent more than once.");
        }
        return values.stream().findFirst();
    }

    /** Whether the body is declared to be a form; the charset that may follow is always UTF-8. */
    boolean declaresForm() {
        return single("Content-Type")
                .map(type ->
                        type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(FORM))
                .orElse(false);
    }

    /** Names the request without headers, parameters and body, which may hold credentials. */
    @Override
    public String toString() {
        return "SignedRequest[" + method + " " + rawPath + ", " + body.length + " bytes]";
    }
}
