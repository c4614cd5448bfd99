package xenith.security.ssh;

import java.util.Objects;

/**
 * A fresh key pair; the private half is to be shown once and kept nowhere.
 *
 * @param type RSA or ED25519
 * @param privateKeyText what EC2 calls KeyMaterial: PKCS#1 PEM for RSA, OpenSSH's own format for ED25519
 * @param publicKeyLine one line for authorized_keys, without a line end
 * @param fingerprint as EC2 computes it for keys it made
 */
public record SshKeyPair(SshKeyType type, String privateKeyText, String publicKeyLine, String fingerprint) {
    public SshKeyPair {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(privateKeyText, "privateKeyText");
        Objects.requireNonNull(publicKeyLine, "publicKeyLine");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** Names the pair without its private half. */
    @Override
    public String toString() {
        return "SshKeyPair[" + type + ", " + fingerprint + "]";
    }
}
