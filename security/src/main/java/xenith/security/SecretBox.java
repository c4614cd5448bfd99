package xenith.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for storage: AES-256 in GCM mode (NIST SP 800-38D), a fresh 96-bit nonce for each, under the key in one
 * file. Thread-safe.
 */
public final class SecretBox {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private SecretBox(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Opens the key file, or creates it, readable by its owner only, when there is nothing yet that needs the old one.
     *
     * @param secretsExist whether anything sealed is already stored
     * @throws SecretBoxException if the file is missing while secrets exist, has a wrong size, or cannot be read or
     *     written
     */
    public static SecretBox open(Path keyFile, boolean secretsExist) {
        SecureRandom random = new SecureRandom();
        try {
            if (!Files.exists(keyFile)) {
                if (secretsExist) {
                    throw new SecretBoxException("key file " + keyFile + " is missing, and stored secrets were sealed"
                            + " with it: restore the file from a backup");
                }
                createKeyFile(keyFile, random);
            }
            long sizeBytes = Files.size(keyFile);
            if (sizeBytes != KEY_BYTES) {
                throw new SecretBoxException(
                        "key file " + keyFile + " has " + sizeBytes + " bytes instead of " + KEY_BYTES);
            }
            return new SecretBox(Files.readAllBytes(keyFile), random);
        } catch (IOException e) {
            throw new SecretBoxException("key file " + keyFile + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void createKeyFile(Path keyFile, SecureRandom random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        PrivateFile.write(keyFile, key);
    }

    /**
     * Seals a secret so that only {@link #unseal} with the same name opens it: a row's secret moved to another row is
     * detected.
     */
    public String seal(String name, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new SecretBoxException("cannot seal the secret of " + name, e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws SecretBoxException if it was sealed under another key or name, or was changed
     */
    public String unseal(String name, String sealed) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            if (whole.length <= NONCE_BYTES) {
                throw new SecretBoxException("the sealed secret of " + name + " is too short");
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] secret =
                    cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretBoxException(
                    "the sealed secret of " + name + " cannot be opened: it was sealed with another key or changed", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
