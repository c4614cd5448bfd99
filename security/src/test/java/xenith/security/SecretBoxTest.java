package xenith.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
    @TempDir
    Path home;

    private Path keyFile;

    @BeforeEach
    void nameTheKeyFile() {
        keyFile = home.resolve("secret.key");
    }

    @Test
    void aSecretIsOpenedAgainAfterARestart() {
        String sealed = SecretBox.open(keyFile, false).seal("AKIA1", "top secret");

        assertThat(SecretBox.open(keyFile, true).unseal("AKIA1", sealed)).isEqualTo("top secret");
        assertThat(sealed).doesNotContain("top secret");
    }

    @Test
    void theKeyFileIsReadableByItsOwnerOnly() throws IOException {
        SecretBox.open(keyFile, false);

        assertThat(Files.getPosixFilePermissions(keyFile)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aMissingKeyFileIsNotReplacedWhileSecretsExist() {
        assertThatThrownBy(() -> SecretBox.open(keyFile, true))
                .isInstanceOf(SecretBoxException.class)
                .hasMessageContaining(keyFile.toString())
                .hasMessageContaining("is missing");
        assertThat(keyFile).doesNotExist();
    }

    @Test
    void aKeyFileOfTheWrongSizeIsRefused() throws IOException {
        Files.write(keyFile, new byte[31]);

        assertThatThrownBy(() -> SecretBox.open(keyFile, false)).hasMessageContaining("has 31 bytes instead of 32");
    }

    @Test
    void aSecretMovedToAnotherNameOrChangedIsNotOpened() {
        SecretBox box = SecretBox.open(keyFile, false);
        String sealed = box.seal("AKIA1", "top secret");

        assertThatThrownBy(() -> box.unseal("AKIA2", sealed)).isInstanceOf(SecretBoxException.class);
        assertThatThrownBy(() -> box.unseal("AKIA1", "AAAA" + sealed.substring(4)))
                .isInstanceOf(SecretBoxException.class);
        assertThatThrownBy(() -> box.unseal("AKIA1", "short")).isInstanceOf(SecretBoxException.class);
    }

    @Test
    void accessKeysLookLikeThoseOfAwsAndHideTheirSecrets() {
        NewAccessKey made = new AccessKeys(SecretBox.open(keyFile, false)).create("account", "user");

        assertThat(made.stored().id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(made.secret()).matches("[A-Za-z0-9]{40}");
        assertThat(made.toString() + made.stored())
                .doesNotContain(made.secret(), made.stored().encryptedSecret());
        assertThat(new AccessKeys(SecretBox.open(keyFile, true)).secretOf(made.stored()))
                .isEqualTo(made.secret());
    }
}
