package xenith.drivers.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of an answer, and where it stands in it. A member that is null is one that is not there; members that nobody asks
 * for are of a later protocol.
 */
record Answer(String path, JsonNode node) {
    /** What makes something of an answer. */
    @FunctionalInterface
    interface Reading<T> {
        /**
         * @throws MalformedAnswerException when it is not what it should be
         * @throws IllegalArgumentException when a value is beyond its record's bounds
         */
        T read(Answer answer) throws MalformedAnswerException;
    }

    Answer member(String name) throws MalformedAnswerException {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        JsonNode member = node.path(name);
        return new Answer(path + "." + name, member.isNull() ? MissingNode.getInstance() : member);
    }

    /** What is there, or nothing. */
    <T> Optional<T> optional(Reading<T> reading) throws MalformedAnswerException {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(reading.read(this));
    }

    <T> List<T> items(Reading<T> reading) throws MalformedAnswerException {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        List<T> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(reading.read(new Answer(path + "[" + i + "]", node.get(i))));
        }
        return items;
    }

    String text() throws MalformedAnswerException {
        if (!node.isTextual()) {
            throw wrong("a text");
        }
        return node.textValue();
    }

    /** A whole number from 0 to that. */
    long number(long most) throws MalformedAnswerException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > most) {
            throw wrong("a whole number from 0 to " + most);
        }
        return node.longValue();
    }

    boolean flag() throws MalformedAnswerException {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    UUID uuid() throws MalformedAnswerException {
        String text = text();
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw wrong("a UUID in lower case");
        }
        return UUID.fromString(text);
    }

    byte[] bytes() throws MalformedAnswerException {
        try {
            return Base64.getDecoder().decode(text());
        } catch (IllegalArgumentException e) {
            throw wrong("base64");
        }
    }

    <E extends Enum<E>> E oneOf(Class<E> words) throws MalformedAnswerException {
        String text = text();
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        throw wrong("one of " + Arrays.toString(words.getEnumConstants()));
    }

    private MalformedAnswerException wrong(String what) {
        return new MalformedAnswerException(path + (node.isMissingNode() ? " is missing" : " is not " + what));
    }
}
