package xenith.security.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A public key that a user brings.
 *
 * @param type RSA or ED25519
 * @param base64 the wire form of RFC 4253, as it stands in the line
 * @param fingerprint as EC2 computes it for imported keys
 */
public record SshPublicKey(SshKeyType type, String base64, String fingerprint) {
    /** EC2 takes RSA keys of 1024, 2048 and 4096 bits. */
    static final int MIN_RSA_BITS = 1024;

    static final int MAX_RSA_BITS = 16_384;

    /** The largest RSA key takes about 3,000, its base64 in base64 4,000. */
    static final int MAX_BYTES = 16_384;

    private static final String PREFIX_RFC4716 = "---- BEGIN SSH2 PUBLIC KEY ----";
    private static final String SUFFIX_RFC4716 = "---- END SSH2 PUBLIC KEY ----";

    public SshPublicKey {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(base64, "base64");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /**
     * Reads a public key in any form that ImportKeyPair takes: the line of OpenSSH, the file of RFC 4716, a DER
     * SubjectPublicKeyInfo; each also in base64.
     *
     * @throws InvalidPublicKeyException if it is anything else, or of a type or size that EC2 does not take
     */
    public static SshPublicKey parse(byte[] material) throws InvalidPublicKeyException {
        if (material.length > MAX_BYTES) {
            throw new InvalidPublicKeyException("the public key is longer than " + MAX_BYTES + " bytes");
        }
        String text = new String(material, ISO_8859_1).strip();
        if (text.contains("PRIVATE KEY")) {
            throw new InvalidPublicKeyException("the text is a private key: import the public one");
        }
        if (text.matches("[A-Za-z0-9+/=\\s]+") && !text.matches("ssh-\\S+\\s.*")) {
            return parseOnce(decode(text.replaceAll("\\s", "")));
        }
        return parseOnce(material);
    }

    private static SshPublicKey parseOnce(byte[] material) throws InvalidPublicKeyException {
        String text = new String(material, ISO_8859_1).strip();
        if (text.startsWith(PREFIX_RFC4716) && text.endsWith(SUFFIX_RFC4716)) {
            return ofBlob(decode(Rfc4716.base64(text, PREFIX_RFC4716, SUFFIX_RFC4716)));
        }
        if (text.startsWith("ssh-") || text.startsWith("ecdsa-")) {
            String[] words = text.split("\\s+", 3);
            if (words.length < 2 || text.lines().count() != 1) {
                throw new InvalidPublicKeyException("an OpenSSH public key is one line: type, base64, comment");
            }
            return ofBlob(decode(words[1]), words[0]);
        }
        return ofParameter(der(material));
    }

    private static AsymmetricKeyParameter der(byte[] material) throws InvalidPublicKeyException {
        try {
            return PublicKeyFactory.createKey(material);
        } catch (IOException | RuntimeException e) {
            throw new InvalidPublicKeyException("the text is no public key in OpenSSH, RFC 4716 or DER form", e);
        }
    }

    private static SshPublicKey ofBlob(byte[] blob, String type) throws InvalidPublicKeyException {
        SshPublicKey key = ofBlob(blob);
        if (!key.type().sshName().equals(type)) {
            throw new InvalidPublicKeyException(
                    "the line says " + type + ", the key is " + key.type().sshName());
        }
        return key;
    }

    private static SshPublicKey ofBlob(byte[] blob) throws InvalidPublicKeyException {
        AsymmetricKeyParameter parameter;
        try {
            parameter = OpenSSHPublicKeyUtil.parsePublicKey(blob);
        } catch (RuntimeException e) {
            throw new InvalidPublicKeyException("the base64 part is no SSH public key", e);
        }
        SshPublicKey key = ofParameter(parameter);
        if (!Arrays.equals(Base64.getDecoder().decode(key.base64()), blob)) {
            throw new InvalidPublicKeyException("the key is not in its canonical form");
        }
        return key;
    }

    private static SshPublicKey ofParameter(AsymmetricKeyParameter parameter) throws InvalidPublicKeyException {
        if (parameter instanceof Ed25519PublicKeyParameters) {
            return of(SshKeyType.ED25519, parameter);
        }
        if (parameter instanceof RSAKeyParameters rsa && !rsa.isPrivate()) {
            int bits = rsa.getModulus().bitLength();
            if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
                throw new InvalidPublicKeyException(
                        "the RSA key has " + bits + " bits, not " + MIN_RSA_BITS + " to " + MAX_RSA_BITS);
            }
            return of(SshKeyType.RSA, parameter);
        }
        throw new InvalidPublicKeyException("the key is neither RSA nor ED25519");
    }

    static SshPublicKey of(SshKeyType type, AsymmetricKeyParameter key) {
        try {
            byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(key);
            String fingerprint =
                    switch (type) {
                        case RSA ->
                            Fingerprints.md5(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key)
                                    .getEncoded("DER"));
                        case ED25519 -> Fingerprints.sha256(blob);
                    };
            return new SshPublicKey(type, Base64.getEncoder().encodeToString(blob), fingerprint);
        } catch (IOException e) {
            throw new IllegalStateException("a public key cannot be encoded", e);
        }
    }

    private static byte[] decode(String base64) throws InvalidPublicKeyException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidPublicKeyException("the key's base64 is damaged", e);
        }
    }

    /** One line for authorized_keys, without a line end; the comment is made one word. */
    public String line(String comment) {
        String word = comment.replaceAll("[^\\x21-\\x7e]+", "_");
        return type.sshName() + " " + base64 + (word.isEmpty() ? "" : " " + word);
    }
}
