package xenith.security.ssh;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import xenith.security.x509.Pem;

/** Makes key pairs as EC2's CreateKeyPair does: RSA of 2048 bits, or ED25519. Thread-safe. */
public final class SshKeyPairs {
    private static final int RSA_BITS = 2048;
    private static final int PRIME_CERTAINTY = 112;

    private final SecureRandom random = new SecureRandom();

    /**
     * Makes a pair. RSA takes some hundred milliseconds of one core.
     *
     * @param comment the last word of the public key's line, usually the key's name
     */
    public SshKeyPair create(SshKeyType type, String comment) {
        try {
            return switch (type) {
                case RSA -> rsa(comment);
                case ED25519 -> ed25519(comment);
            };
        } catch (IOException e) {
            throw new IllegalStateException("a fresh " + type + " key cannot be encoded", e);
        }
    }

    private SshKeyPair rsa(String comment) throws IOException {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65_537), random, RSA_BITS, PRIME_CERTAINTY));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        PrivateKeyInfo pkcs8 = PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate());
        byte[] pkcs1 = pkcs8.parsePrivateKey().toASN1Primitive().getEncoded("DER");
        SshPublicKey publicKey = SshPublicKey.of(SshKeyType.RSA, pair.getPublic());
        return new SshKeyPair(
                SshKeyType.RSA,
                Pem.block("RSA PRIVATE KEY", pkcs1),
                publicKey.line(comment),
                Fingerprints.sha1(pkcs8.getEncoded("DER")));
    }

    private SshKeyPair ed25519(String comment) throws IOException {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        SshPublicKey publicKey = SshPublicKey.of(SshKeyType.ED25519, pair.getPublic());
        return new SshKeyPair(
                SshKeyType.ED25519,
                Pem.block("OPENSSH PRIVATE KEY", OpenSSHPrivateKeyUtil.encodePrivateKey(pair.getPrivate())),
                publicKey.line(comment),
                publicKey.fingerprint());
    }
}
