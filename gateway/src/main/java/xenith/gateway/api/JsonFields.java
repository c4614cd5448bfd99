package xenith.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The members of a request's JSON object. What is wrong with one is refused by its name. A null is a member left out. */
final class JsonFields {
    private static final int MAX_QUOTED_CHARS = 60;

    private final JsonNode object;

    /** @throws ApiException {@code WRONG_TYPE} unless it is an object */
    JsonFields(JsonNode body) {
        if (!body.isObject()) {
            throw new ApiException(Problem.WRONG_TYPE, "the body must be a JSON object");
        }
        this.object = body;
    }

    /** @throws ApiException {@code UNKNOWN_MEMBER} naming one that is none of these */
    JsonFields only(String... names) {
        List<String> known = List.of(names);
        for (Iterator<String> given = object.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!known.contains(name)) {
                throw new ApiException(
                        Problem.UNKNOWN_MEMBER, "member " + quote(name) + " is not known here; there are " + known);
            }
        }
        return this;
    }

    /** @throws ApiException {@code MISSING_MEMBER}, {@code WRONG_TYPE} */
    String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new ApiException(Problem.MISSING_MEMBER, "member '" + name + "' is missing"));
    }

    /** @throws ApiException {@code WRONG_TYPE} */
    Optional<String> optionalText(String name) {
        return member(name).map(value -> {
            if (!value.isTextual()) {
                throw wrongType(name, "a string", value);
            }
            return value.textValue();
        });
    }

    /** @throws ApiException {@code WRONG_TYPE}, {@code INVALID_VALUE} outside the limits */
    int number(String name, int absent, int least, int most) {
        Optional<JsonNode> value = member(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (!value.get().isIntegralNumber()) {
            throw wrongType(name, "a whole number", value.get());
        }
        boolean inside = value.get().canConvertToInt()
                && value.get().intValue() >= least
                && value.get().intValue() <= most;
        if (!inside) {
            throw new ApiException(
                    Problem.INVALID_VALUE,
                    "member '" + name + "' is " + shown(value.get()) + ", not " + least + " to " + most);
        }
        return value.get().intValue();
    }

    /** @throws ApiException {@code WRONG_TYPE} */
    boolean flag(String name) {
        return member(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrongType(name, "true or false", value);
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** @throws ApiException {@code WRONG_TYPE}, {@code INVALID_VALUE} for what is none of the constants, in lower case */
    <E extends Enum<E>> E oneOf(String name, E absent) {
        return oneOf(name, absent.getDeclaringClass()).orElse(absent);
    }

    /** {@link #oneOf(String, Enum)} for a member without a value of its own when it is left out. */
    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return optionalText(name).map(given -> Arrays.stream(constants)
                .filter(constant -> Words.of(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Problem.INVALID_VALUE,
                        "member '" + name + "' is " + quote(given) + ", none of "
                                + Arrays.stream(constants).map(Words::of).collect(Collectors.joining(", ")))));
    }

    /** A value of a stranger, short and printable, in quotes. */
    static String quote(String value) {
        String printable = value.codePoints()
                .limit(MAX_QUOTED_CHARS)
                .mapToObj(point -> Character.isISOControl(point) ? "?" : Character.toString(point))
                .collect(Collectors.joining());
        return "'" + printable + (value.length() > MAX_QUOTED_CHARS ? "...'" : "'");
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private static ApiException wrongType(String name, String wanted, JsonNode value) {
        return new ApiException(
                Problem.WRONG_TYPE,
                "member '" + name + "' must be " + wanted + ", not "
                        + value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + shown(value));
    }

    private static String shown(JsonNode value) {
        return quote(value.toString());
    }
}
