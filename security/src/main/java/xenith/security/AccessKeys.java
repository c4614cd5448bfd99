package xenith.security;

import java.security.SecureRandom;
import java.util.Objects;

/** Makes access keys and opens their secrets. Thread-safe. */
public final class AccessKeys {
    private static final String ID_PREFIX = "AKIA";
    private static final int ID_RANDOM_CHARS = 16;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_CHARS = 40;

    /** No signs that a shell, an INI file or a URL treats specially; 40 of these hold 238 bits. */
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SecretBox box;
    private final SecureRandom random = new SecureRandom();

    public AccessKeys(SecretBox box) {
        this.box = Objects.requireNonNull(box, "box");
    }

    /** A new enabled key for the user, not yet stored anywhere. */
    public NewAccessKey create(String accountId, String userId) {
        String id = ID_PREFIX + randomString(BASE32, ID_RANDOM_CHARS);
        String secret = randomString(ALPHANUMERIC, SECRET_CHARS);
        return new NewAccessKey(new AccessKey(id, box.seal(id, secret), accountId, userId, true), secret);
    }

    /**
     * The key's secret in clear.
     *
     * @throws SecretBoxException if the stored secret cannot be opened
     */
    public String secretOf(AccessKey key) {
        return box.unseal(key.id(), key.encryptedSecret());
    }

    private String randomString(String alphabet, int chars) {
        StringBuilder made = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            made.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return made.toString();
    }
}
