package xenith.security.query;

import java.util.List;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Key, day, region and service of a Signature Version 4 credential.
 *
 * @param date the day in UTC, {@code yyyyMMdd}
 */
record CredentialScope(String accessKeyId, String date, String region, String service) {
    static final String TERMINATOR = "aws4_request";
    private static final int PARTS = 5;

    /** Reads {@code id/date/region/service/aws4_request}. */
    static CredentialScope parse(String credential) {
        List<String> parts = List.of(credential.split("/", -1));
        if (parts.size() != PARTS
                || parts.stream().anyMatch(String::isEmpty)
                || !parts.get(PARTS - 1).equals(TERMINATOR)) {
            throw new RefusedException(
                    Refusal.INCOMPLETE_SIGNATURE,
                    "Credential must have the form key/date/region/service/" + TERMINATOR + ".");
        }
        return new CredentialScope(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }

    /** The scope without the key, as it stands in the string to sign. */
    String text() {
        return String.join("/", date, region, service, TERMINATOR);
    }

    String credential() {
        return accessKeyId + "/" + text();
    }
}
