package xenith.gateway.ec2.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/** The simple types of the model, with their text forms. Enumerations are strings here. */
enum ScalarKind {
    STRING("characters that XML 1.0 can carry") {
        @Override
        Object parse(String text) {
            if (!text.codePoints().allMatch(ScalarKind::isXmlCharacter)) {
                throw new IllegalArgumentException("no answer could show it");
            }
            return text;
        }
    },
    BOOLEAN("true or false") {
        @Override
        Object parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1" -> true;
                case "false", "0" -> false;
                default -> throw new IllegalArgumentException("neither true nor false");
            };
        }
    },
    INTEGER("an integer of 32 bits") {
        @Override
        Object parse(String text) {
            return integer(text).intValueExact();
        }
    },
    LONG("an integer of 64 bits") {
        @Override
        Object parse(String text) {
            return integer(text).longValueExact();
        }
    },
    FLOAT("a decimal number") {
        @Override
        Object parse(String text) {
            return (float) finite(decimal(text).floatValue());
        }
    },
    DOUBLE("a decimal number") {
        @Override
        Object parse(String text) {
            return finite(decimal(text).doubleValue());
        }
    },
    INSTANT("a time such as 2026-01-31T20:32:24.875Z") {
        @Override
        Object parse(String text) {
            TemporalAccessor time = TIME_IN.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof LocalDateTime local
                    ? local.toInstant(ZoneOffset.UTC)
                    : ((OffsetDateTime) time).toInstant();
        }

        @Override
        String format(Object value) {
            return TIME_OUT.format((Instant) value);
        }
    },
    BYTES("base64 text") {
        @Override
        Object parse(String text) {
            return SdkBytes.fromByteArray(Base64.getMimeDecoder().decode(onlyBase64(text)));
        }

        @Override
        String format(Object value) {
            return Base64.getEncoder().encodeToString(((SdkBytes) value).asByteArrayUnsafe());
        }
    };

    private static final DateTimeFormatter TIME_IN = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[XXX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** Clients parse exactly three digits of fraction. */
    private static final DateTimeFormatter TIME_OUT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Pattern INTEGER_TEXT = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern DECIMAL_TEXT =
            Pattern.compile("[+-]?[0-9]{0,40}\\.?[0-9]{1,400}([eE][+-]?[0-9]{1,3})?");
    private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=\\s]");

    private final String expected;

    ScalarKind(String expected) {
        this.expected = expected;
    }

    static ScalarKind of(MarshallingKnownType type) {
        return switch (type) {
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case INTEGER -> INTEGER;
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case INSTANT -> INSTANT;
            case SDK_BYTES -> BYTES;
            case NULL, SHORT, BYTE, BIG_DECIMAL, SDK_POJO, LIST, MAP, DOCUMENT ->
                throw new IllegalArgumentException("no simple type of EC2: " + type);
        };
    }

    /** @throws RuntimeException when the text has not this kind's form */
    abstract Object parse(String text);

    String format(Object value) {
        return value.toString();
    }

    /** @throws Ec2Error InvalidParameterValue naming the parameter */
    Object read(String parameter, String text) {
        try {
            return parse(this == STRING ? text : text.strip());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
            throw Ec2Error.invalidValue(parameter, this == BYTES ? "..." : text, "It must be " + expected + ".");
        }
    }

    /** XML 1.0, production 2. */
    private static boolean isXmlCharacter(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character < Character.MIN_SURROGATE)
                || (character > Character.MAX_SURROGATE && character < 0xfffe)
                || character >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }

    private static BigInteger integer(String text) {
        if (!INTEGER_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("no integer");
        }
        return new BigInteger(text);
    }

    private static BigDecimal decimal(String text) {
        if (!DECIMAL_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("no decimal number");
        }
        return new BigDecimal(text);
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("too large");
        }
        return value;
    }

    /** The MIME decoder would skip what is no base64. */
    private static String onlyBase64(String text) {
        if (NOT_BASE64.matcher(text).find()) {
            throw new IllegalArgumentException("no base64");
        }
        return text;
    }
}
