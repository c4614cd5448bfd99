package xenith.security.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xenith.security.RefusedException;
import xenith.security.x509.InvalidCertificateException;

/**
 * Reads signing policy files, which are in the Globus form of an extended access control list: an authority
 * ({@code access_id_CA X509 'NAME'}), its right ({@code pos_rights globus CA:sign}), and for whom
 * ({@code cond_subjects globus '"PATTERN" "PATTERN"'}). A file with anything else in it, {@code neg_rights} among it, is
 * not used at all, since half of a policy might grant more than the whole.
 */
final class SigningPolicyParser {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(.+)");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final List<SigningPolicy.Grant> grants = new ArrayList<>();
    private GridName authority;
    private boolean signing;
    private int lineNumber;

    private SigningPolicyParser() {}

    /** @throws InvalidCertificateException naming the line that cannot be read */
    static SigningPolicy parse(String text) throws InvalidCertificateException {
        SigningPolicyParser parser = new SigningPolicyParser();
        for (String line : text.lines().toList()) {
            parser.lineNumber++;
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                parser.read(content);
            }
        }
        if (parser.signing) {
            throw parser.wrong("the file ends where cond_subjects must follow");
        }
        return new SigningPolicy(parser.grants);
    }

    private void read(String content) throws InvalidCertificateException {
        Matcher line = LINE.matcher(content);
        if (!line.matches()) {
            throw wrong("a keyword, an authority and a value must stand there");
        }
        String value = line.group(3).strip();
        switch (line.group(1) + " " + line.group(2)) {
            case "access_id_CA X509" -> beginAuthority(value);
            case "pos_rights globus" -> grantRight(value);
            case "cond_subjects globus" -> limit(value);
            default -> throw wrong(RefusedException.quote(line.group(1) + " " + line.group(2)) + " is not supported");
        }
    }

    private void beginAuthority(String value) throws InvalidCertificateException {
        if (signing) {
            throw wrong("cond_subjects must follow pos_rights");
        }
        try {
            authority = new GridName(unquoted(value));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void grantRight(String value) throws InvalidCertificateException {
        if (authority == null || signing) {
            throw wrong("pos_rights must follow access_id_CA");
        }
        if (!unquoted(value).equals("CA:sign")) {
            throw wrong("the right " + RefusedException.quote(value) + " is not CA:sign");
        }
        signing = true;
    }

    private void limit(String value) throws InvalidCertificateException {
        if (!signing) {
            throw wrong("cond_subjects must follow pos_rights");
        }
        List<String> patterns = DOUBLE_QUOTED
                .matcher(value)
                .results()
                .map(found -> found.group(1))
                .toList();
        grants.add(SigningPolicy.Grant.of(authority, patterns.isEmpty() ? List.of(unquoted(value)) : patterns));
        signing = false;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '\'' || value.charAt(0) == '"')
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private InvalidCertificateException wrong(String reason) {
        return new InvalidCertificateException("line " + lineNumber + ": " + reason);
    }
}
