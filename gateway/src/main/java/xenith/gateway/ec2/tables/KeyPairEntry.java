package xenith.gateway.ec2.tables;

import java.time.Instant;
import xenith.engine.model.AccountId;
import xenith.engine.model.Checks;

/**
 * A key pair of an account. The private key is its owner's alone and never here.
 *
 * @param id as {@code key-1a2b3c4d}
 * @param type {@code rsa} or {@code ed25519}
 * @param publicKey a line for authorized_keys
 */
public record KeyPairEntry(
        String id,
        AccountId account,
        String name,
        String type,
        String fingerprint,
        String publicKey,
        Instant createdAt) {
    public static final int MAX_NAME_CHARS = 255;
    public static final int MAX_PUBLIC_KEY_CHARS = 4096;

    public KeyPairEntry {
        Checks.text("key name", name, MAX_NAME_CHARS);
        Checks.text("public key", publicKey, MAX_PUBLIC_KEY_CHARS);
    }

    /** What identifies a key pair: names are unique within an account. */
    public record Key(AccountId account, String name) {}

    public Key key() {
        return new Key(account, name);
    }
}
