package xenith.security.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshKeyPairsTest {
    /** A public key of OpenSSH and the fingerprint that ssh-keygen shows for it. */
    private static final String ED25519_LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static final String ED25519_FINGERPRINT = "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU=";

    private final SshKeyPairs pairs = new SshKeyPairs();

    @Test
    void anRsaPairIsWrittenAsEc2WritesIt() throws Exception {
        SshKeyPair pair = pairs.create(SshKeyType.RSA, "my key");

        assertThat(pair.privateKeyText()).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(pair.publicKeyLine()).matches("ssh-rsa [A-Za-z0-9+/=]+ my_key");
        byte[] pkcs8 = new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(content(pair.privateKeyText())))
                .getEncoded("DER");
        assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)))
                .isNotNull();
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(pkcs8);
        assertThat(pair.fingerprint()).isEqualTo(HexFormat.ofDelimiter(":").formatHex(sha1));
    }

    @Test
    void anEd25519PairIsWrittenAsOpenSshWritesIt() throws InvalidPublicKeyException {
        SshKeyPair pair = pairs.create(SshKeyType.ED25519, "me");

        assertThat(pair.privateKeyText()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
        assertThat(OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(content(pair.privateKeyText())))
                .isInstanceOf(Ed25519PrivateKeyParameters.class);
        assertThat(pair.publicKeyLine()).matches("ssh-ed25519 [A-Za-z0-9+/=]+ me");
        assertThat(SshPublicKey.parse(pair.publicKeyLine().getBytes(US_ASCII)).fingerprint())
                .isEqualTo(pair.fingerprint());
    }

    @Test
    void aPairDoesNotPrintItsPrivateHalf() {
        SshKeyPair pair = pairs.create(SshKeyType.ED25519, "me");

        assertThat(pair.toString()).doesNotContain("PRIVATE").contains(pair.fingerprint());
    }

    private static byte[] content(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    }

    @Test
    void anImportedKeyIsReadInEveryForm() throws Exception {
        String line = pairs.create(SshKeyType.RSA, "me").publicKeyLine();
        SshPublicKey key = SshPublicKey.parse(line.getBytes(US_ASCII));
        String rfc4716 = "---- BEGIN SSH2 PUBLIC KEY ----\r\nComment: \"a \\\r\nlong: one\"\r\n"
                + key.base64().replaceAll("(.{70})", "$1\r\n") + "\r\n---- END SSH2 PUBLIC KEY ----\r\n";
        byte[] der = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                        OpenSSHPublicKeyUtil.parsePublicKey(Base64.getDecoder().decode(key.base64())))
                .getEncoded("DER");

        assertThat(SshPublicKey.parse(Base64.getMimeEncoder().encode(line.getBytes(US_ASCII))))
                .isEqualTo(key);
        assertThat(SshPublicKey.parse(rfc4716.getBytes(US_ASCII))).isEqualTo(key);
        assertThat(SshPublicKey.parse(Base64.getEncoder().encode(rfc4716.getBytes(US_ASCII))))
                .isEqualTo(key);
        assertThat(SshPublicKey.parse(der)).isEqualTo(key);
        assertThat(SshPublicKey.parse(Base64.getEncoder().encode(der))).isEqualTo(key);
        byte[] md5 = MessageDigest.getInstance("MD5").digest(der);
        assertThat(key.fingerprint()).isEqualTo(HexFormat.ofDelimiter(":").formatHex(md5));
    }

    @Test
    void anImportedEd25519KeyHasTheFingerprintThatOpenSshShows() throws InvalidPublicKeyException {
        SshPublicKey key = SshPublicKey.parse((ED25519_LINE + " user@example\n").getBytes(US_ASCII));

        assertThat(key.fingerprint()).isEqualTo(ED25519_FINGERPRINT);
        assertThat(key.line("name")).isEqualTo(ED25519_LINE + " name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "ssh-rsa",
                "ssh-rsa !!!!",
                "ssh-rsa AAAAB3NzaC1yc2E=",
                "ssh-rsa AAAAB3NzaC1yc2F/////",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
                ED25519_LINE + "\n" + ED25519_LINE,
                "ssh-dss AAAAB3NzaC1kc3MAAAAA",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
                "---- BEGIN SSH2 PUBLIC KEY ----\n---- END SSH2 PUBLIC KEY ----",
                "aGVsbG8=",
                "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5Y"
                        + "RrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg="
            })
    void anythingElseIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> SshPublicKey.parse(text.getBytes(US_ASCII)))
                .isInstanceOf(InvalidPublicKeyException.class)
                .hasMessageMatching("(?s).{20,}");
    }

    @Test
    void anEndlessKeyIsRefused() {
        assertThatThrownBy(() -> SshPublicKey.parse(new byte[1 << 20]))
                .isInstanceOf(InvalidPublicKeyException.class)
                .hasMessageContaining("16384");
    }
}
