package xenith.gateway.ec2.actions;

import java.util.Collection;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;

/** Refusals that several actions share, worded once. */
final class Refusals {
    private static final int MAX_SHOWN_CHARS = 80;

    private Refusals() {}

    static Ec2Error missing(String parameter) {
        return new Ec2Error(
                Ec2ErrorCode.MISSING_PARAMETER, "The request must contain the parameter %s".formatted(parameter));
    }

    static Ec2Error invalidValue(String parameter, Object value, String expected) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_PARAMETER_VALUE,
                "Value (%s) for parameter %s is invalid. %s".formatted(shown(value), parameter, expected));
    }

    static Ec2Error combination(String message) {
        return new Ec2Error(Ec2ErrorCode.INVALID_PARAMETER_COMBINATION, message);
    }

    static Ec2Error unsupported(String message) {
        return new Ec2Error(Ec2ErrorCode.UNSUPPORTED_OPERATION, message);
    }

    static Ec2Error invalidFilter(String name) {
        return new Ec2Error(Ec2ErrorCode.INVALID_PARAMETER_VALUE, "The filter '%s' is invalid".formatted(shown(name)));
    }

    static Ec2Error invalidList(String what, Collection<String> values) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_PARAMETER_VALUE,
                "Invalid %s: [%s]".formatted(what, shown(String.join(", ", values))));
    }

    /** @param what as {@code instance ID} */
    static Ec2Error notFound(Ec2ErrorCode code, String what, Collection<String> missing) {
        boolean one = missing.size() == 1;
        return new Ec2Error(
                code,
                "The %s%s '%s' %s not exist"
                        .formatted(what, one ? "" : "s", shown(String.join(", ", missing)), one ? "does" : "do"));
    }

    /** Long enough to recognise a value by, short enough that an answer stays small. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
