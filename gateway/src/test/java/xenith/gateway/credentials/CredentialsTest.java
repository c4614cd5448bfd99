package xenith.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xenith.engine.model.UserId;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.store.Table;
import xenith.engine.tables.EngineTables;
import xenith.security.AccessKey;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.UserCertificate;
import xenith.security.soap.VerifiedMessage;

class CredentialsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final UserId USER = new UserId(7);
    private static final AccessKey KEY = new AccessKey("AKIA1", "sealed", "123456789012", "7", true);
    private static final UserCertificate CERTIFICATE =
            new UserCertificate("ab".repeat(32), "CN=user", NOW, NOW.plusSeconds(60), "PEM", "123456789012", "7", true);

    @TempDir
    Path directory;

    private final Credentials credentials = new Credentials();
    private Store store;

    @BeforeEach
    void open() {
        List<Table<?, ?>> tables = new ArrayList<>(EngineTables.all());
        tables.addAll(CredentialTables.all());
        store = SqlStore.open(
                "jdbc:derby:directory:" + directory.resolve("db") + ";create=true",
                tables,
                List.of(EngineTables.MIGRATIONS, CredentialTables.MIGRATIONS),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasAddedIsThereAfterTheStoreIsOpenedAgain() {
        store.write(tx -> {
            credentials.add(tx, KEY);
            return credentials.add(tx, CERTIFICATE);
        });
        store.close();
        open();

        StoreCredentials found = new StoreCredentials(store);
        assertThat(found.accessKey("AKIA1")).contains(KEY);
        assertThat(found.certificate(CERTIFICATE.fingerprint())).contains(CERTIFICATE);
        assertThat(credentials.keys(store.state(), USER)).hasSize(1);
    }

    @Test
    void aDisabledCredentialIsSeenAsSuchAtOnce() {
        store.write(tx -> {
            credentials.add(tx, KEY);
            credentials.add(tx, CERTIFICATE);
            return credentials.setKeyEnabled(tx, "AKIA1", false)
                    && credentials.setCertificateEnabled(tx, CERTIFICATE.fingerprint(), false);
        });

        StoreCredentials found = new StoreCredentials(store);
        assertThat(found.accessKey("AKIA1").orElseThrow().enabled()).isFalse();
        assertThat(found.certificate(CERTIFICATE.fingerprint()).orElseThrow().enabled())
                .isFalse();
    }

    @Test
    void aCertificateStandsForOneUserOnly() {
        assertThat(addCertificate()).isTrue();
        assertThat(addCertificate()).isFalse();

        assertThat(credentials.certificates(store.state(), USER)).hasSize(1);
    }

    @Test
    void aMessageIsUsedOnceAndForgottenWhenItIsTooOld() {
        VerifiedMessage message = message();
        mark(message);
        assertThat(new StoreCredentials(store).seen(message.digest())).isTrue();
        assertThatThrownBy(() -> mark(message))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.REPLAYED));

        new UsedMessages(store, Clock.fixed(message.acceptableUntil(), ZoneOffset.UTC)).sweep();
        assertThat(new StoreCredentials(store).seen(message.digest())).isTrue();

        Instant later = message.acceptableUntil().plus(Duration.ofMinutes(2));
        new UsedMessages(store, Clock.fixed(later, ZoneOffset.UTC)).sweep();
        assertThat(new StoreCredentials(store).seen(message.digest())).isFalse();
    }

    private boolean addCertificate() {
        return store.write(tx -> credentials.add(tx, CERTIFICATE));
    }

    private void mark(VerifiedMessage message) {
        store.write(tx -> {
            UsedMessages.mark(tx, message);
            return null;
        });
    }

    private static VerifiedMessage message() {
        try {
            var operation = new xenith.security.xml.SafeXml(xenith.security.xml.XmlLimits.DEFAULT)
                    .parse("<a/>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .getDocumentElement();
            Identity identity = new Identity("123456789012", "7", CERTIFICATE.fingerprint());
            return new VerifiedMessage(identity, operation, "cd".repeat(32), NOW, NOW.plusSeconds(300));
        } catch (javax.xml.stream.XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
