package xenith.security.grid;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which subjects authorities may certify, of one signing policy file.
 *
 * @param grants in the file's order
 */
record SigningPolicy(List<Grant> grants) {
    /** An authority and whom it may certify. */
    record Grant(GridName authority, List<Pattern> subjects) {
        /** @param patterns names in which {@code *} stands for any text and {@code ?} for one character */
        static Grant of(GridName authority, List<String> patterns) {
            return new Grant(authority, patterns.stream().map(Grant::regex).toList());
        }

        private static Pattern regex(String pattern) {
            return Pattern.compile(GridName.canonical(pattern)
                    .codePoints()
                    .mapToObj(sign -> sign == '*' ? ".*" : sign == '?' ? "." : Pattern.quote(Character.toString(sign)))
                    .collect(Collectors.joining()));
        }

        boolean allows(GridName subject) {
            return subjects.stream()
                    .anyMatch(pattern -> pattern.matcher(subject.text()).matches());
        }
    }

    SigningPolicy {
        grants = List.copyOf(grants);
    }

    boolean allows(GridName authority, GridName subject) {
        return grants.stream().anyMatch(grant -> grant.authority().equals(authority) && grant.allows(subject));
    }
}
