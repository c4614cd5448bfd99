package xenith.security.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Reads query strings and form bodies strictly and within bounds. */
final class ParameterParser {
    /** The largest calls list about a thousand things with a dozen members each. */
    static final int MAX_PARAMETERS = 20_000;

    /** The longest names of EC2's parameters, paths of nested members, are about 150. */
    static final int MAX_NAME_CHARS = 1_024;

    /** The longest values are base64 of 16 KiB of user data and policy documents. */
    static final int MAX_VALUE_CHARS = 65_536;

    private ParameterParser() {}

    /** The parameters in order, doubled ones included; empty stretches between ampersands are skipped. */
    static List<Parameter> parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                if (parameters.size() == MAX_PARAMETERS) {
                    throw new RefusedException(
                            Refusal.TOO_MANY_PARAMETERS, "At most " + MAX_PARAMETERS + " are allowed.");
                }
                parameters.add(parameter(raw, start, end));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static Parameter parameter(String raw, int start, int end) {
        int equals = raw.indexOf('=', start);
        boolean hasValue = equals >= 0 && equals < end;
        String name = decode(raw, start, hasValue ? equals : end, MAX_NAME_CHARS, "name");
        if (name.isEmpty()) {
            throw new RefusedException(Refusal.MALFORMED_PARAMETERS, "A parameter has no name.");
        }
        String value = hasValue
                ? decode(raw, equals + 1, end, MAX_VALUE_CHARS, "value of " + RefusedException.quote(name))
                : "";
        return new Parameter(name, value);
    }

    private static String decode(String raw, int start, int end, int maxChars, String what) {
        // A decoded character takes at most twelve encoded ones (a surrogate pair is four bytes of three).
        if (end - start <= 12 * maxChars) {
            String decoded = PercentEncoding.decode(raw.substring(start, end));
            if (decoded.length() <= maxChars) {
                return decoded;
            }
        }
        throw new RefusedException(
                Refusal.PARAMETER_TOO_LONG, "The " + what + " is longer than " + maxChars + " characters.");
    }

    /** @throws RefusedException if two have the same name, since two readers could choose differently */
    static Map<String, String> unique(List<Parameter> parameters) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (byName.put(parameter.name(), parameter.value()) != null) {
                throw new RefusedException(
                        Refusal.DOUBLED_PARAMETER, "It is " + RefusedException.quote(parameter.name()) + ".");
            }
        }
        return byName;
    }
}
