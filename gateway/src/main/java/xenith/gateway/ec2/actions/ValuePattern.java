package xenith.gateway.ec2.actions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of a filter: {@code *} stands for any text, {@code ?} for any character, a backslash takes either at its word.
 * Case counts. Immutable.
 */
final class ValuePattern {
    /** A character of a pattern, and whether it is a wildcard. */
    private record Token(char character, boolean wild) {}

    private final Set<String> exact = new HashSet<>();
    private final List<List<Token>> wild = new ArrayList<>();

    private ValuePattern() {}

    static ValuePattern anyOf(List<String> values) {
        ValuePattern pattern = new ValuePattern();
        values.forEach(pattern::add);
        return pattern;
    }

    boolean matches(String text) {
        return exact.contains(text) || wild.stream().anyMatch(tokens -> matches(tokens, text));
    }

    private void add(String value) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            boolean escapes = character == '\\' && at + 1 < value.length();
            if (escapes) {
                at++;
                character = value.charAt(at);
            }
            tokens.add(new Token(character, !escapes && (character == '*' || character == '?')));
            plain.append(character);
        }
        if (tokens.stream().anyMatch(Token::wild)) {
            wild.add(List.copyOf(tokens));
        } else {
            exact.add(plain.toString());
        }
    }

    /** Goes back only to the last star, so the time is bounded by pattern times text and no input makes it explode. */
    private static boolean matches(List<Token> pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.size() && isStar(pattern.get(at))) {
                star = at++;
                resume = in;
            } else if (at < pattern.size() && matches(pattern.get(at), text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.size() && isStar(pattern.get(at))) {
            at++;
        }
        return at == pattern.size();
    }

    private static boolean isStar(Token token) {
        return token.wild() && token.character() == '*';
    }

    private static boolean matches(Token token, char character) {
        return token.wild() || token.character() == character;
    }
}
