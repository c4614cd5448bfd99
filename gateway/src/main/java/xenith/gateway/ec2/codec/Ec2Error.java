package xenith.gateway.ec2.codec;

import java.util.Objects;

/**
 * A refusal in EC2's terms. The message goes to the client: it names the parameter, value and limit, and no secret.
 *
 * <p>Carries no stack trace, since it is an answer and not a defect.
 */
public final class Ec2Error extends RuntimeException {
    private final Ec2ErrorCode code;

    public Ec2Error(Ec2ErrorCode code, String message) {
        this(code, message, null);
    }

    /** A refusal with what made it, for the log only; the cause may be null. */
    public Ec2Error(Ec2ErrorCode code, String message, Throwable cause) {
        super(Objects.requireNonNull(message), cause, false, false);
        this.code = Objects.requireNonNull(code);
    }

    /**
     * InvalidParameterValue.
     *
     * @param value shown to the client, so no secret
     * @param expected a sentence that says what it must be, with the limit
     */
    public static Ec2Error invalidValue(String parameter, String value, String expected) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_PARAMETER_VALUE,
                "Value (%s) for parameter %s is invalid. %s".formatted(abbreviated(value), parameter, expected));
    }

    public static Ec2Error missingParameter(String parameter) {
        return new Ec2Error(Ec2ErrorCode.MISSING_PARAMETER, "The request must contain the parameter " + parameter);
    }

    public static Ec2Error unknownParameter(String parameter) {
        return new Ec2Error(
                Ec2ErrorCode.UNKNOWN_PARAMETER, "The parameter %s is not recognized".formatted(abbreviated(parameter)));
    }

    /** UnsupportedOperation, for a member that EC2 has and Xenith does not honour. */
    public static Ec2Error unsupportedParameter(String parameter) {
        return new Ec2Error(
                Ec2ErrorCode.UNSUPPORTED_OPERATION, "The parameter %s is not supported".formatted(parameter));
    }

    /**
     * InvalidParameterCombination.
     *
     * @param reason goes on from the parameter's name, as in {@code is given more than once}
     */
    public static Ec2Error combination(String parameter, String reason) {
        return new Ec2Error(
                Ec2ErrorCode.INVALID_PARAMETER_COMBINATION,
                "The parameter %s %s".formatted(abbreviated(parameter), reason));
    }

    public Ec2ErrorCode code() {
        return code;
    }

    public int httpStatus() {
        return code.httpStatus();
    }

    /** Long enough to recognise a value by, short enough that an answer stays small. */
    private static String abbreviated(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
