package xenith.security.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Fingerprints as EC2 shows them (EC2 User Guide, "Verify the fingerprint of your key pair"). */
final class Fingerprints {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Fingerprints() {}

    /** Of an RSA key that the cloud made: over the DER form of the private key in PKCS#8. */
    static String sha1(byte[] pkcs8) {
        return COLONS.formatHex(digest("SHA-1", pkcs8));
    }

    /** Of an RSA key that the user brought: over the DER form of the public key. */
    static String md5(byte[] publicKeyInfo) {
        return COLONS.formatHex(digest("MD5", publicKeyInfo));
    }

    /** Of any ED25519 key: over the SSH wire form of the public key, base64 with its padding. */
    static String sha256(byte[] blob) {
        return Base64.getEncoder().encodeToString(digest("SHA-256", blob));
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is not available", e);
        }
    }
}
