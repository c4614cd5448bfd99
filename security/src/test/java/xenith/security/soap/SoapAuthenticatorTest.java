package xenith.security.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.soap.SoapHarness.NOW;
import static xenith.security.soap.SoapHarness.parse;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.wss4j.dom.WSConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.CredentialStore;
import xenith.security.InMemoryCredentials;
import xenith.security.Refusal;
import xenith.security.soap.SoapHarness.Signing;
import xenith.security.x509.CertificateFingerprint;

class SoapAuthenticatorTest {
    private final SoapHarness harness = TestUser.harness();

    @Test
    void aMessageOfAnOldClientIsAccepted() {
        VerifiedMessage verified = harness.authenticate(harness.sign(Signing.old()));

        assertThat(verified.identity().userId()).isEqualTo("user");
        assertThat(verified.identity().credentialId())
                .isEqualTo(CertificateFingerprint.of(TestUser.ISSUED.certificate()));
        assertThat(verified.operation().getLocalName()).isEqualTo("RunInstances");
        assertThat(verified.operation().getNamespaceURI()).isEqualTo(SoapHarness.EC2);
        assertThat(verified.created()).isEqualTo(NOW);
        assertThat(verified.acceptableUntil()).isEqualTo(NOW.plusSeconds(300));
        assertThat(verified.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameMessageHasTheSameDigestHoweverItIsDressedUp() {
        String message = harness.sign(Signing.old());
        String dressed = message.replace("?>", "?><!-- a comment -->").replace("<wsse:Security ", "<wsse:Security \n ");

        assertThat(dressed).isNotEqualTo(message);
        assertThat(harness.authenticate(dressed).digest())
                .isEqualTo(harness.authenticate(message).digest());
    }

    @Test
    void sha256IsAcceptedWhateverThePolicyAndSha1OnlyIfAllowed() {
        var strict = new SoapAuthenticator(harness.store, Sha1Policy.REFUSE, SoapHarness.CLOCK);
        String modern = harness.sign(Signing.old().algorithms(WSConstants.RSA_SHA256, WSConstants.SHA256));
        String mixed = harness.sign(Signing.old().algorithms(WSConstants.RSA_SHA256, WSConstants.SHA1));

        assertThat(harness.authenticate(modern)).isNotNull();
        assertThat(strict.authenticate(parse(modern), null)).isNotNull();
        assertRefused(Refusal.ALGORITHM_NOT_ALLOWED, () -> strict.authenticate(parse(mixed), null));
        assertRefused(
                Refusal.ALGORITHM_NOT_ALLOWED, () -> strict.authenticate(parse(harness.sign(Signing.old())), null));
    }

    @Test
    void inclusiveNamespacesWithinExclusiveCanonicalisationAreAccepted() {
        String message = harness.sign(Signing.old().withInclusivePrefixes());

        assertThat(message).contains("InclusiveNamespaces");
        assertThat(harness.authenticate(message)).isNotNull();
    }

    @Test
    void soap12IsReadToo() {
        String envelope = SoapHarness.ENVELOPE.replace(WSConstants.URI_SOAP11_ENV, WSConstants.URI_SOAP12_ENV);

        assertThat(harness.authenticate(harness.sign(envelope, Signing.old()))).isNotNull();
    }

    @Test
    void onlyExclusiveCanonicalisationIsAccepted() {
        String inclusive = harness.sign(Signing.old().canonicalisation(WSConstants.C14N_OMIT_COMMENTS));
        String comments = harness.sign(Signing.old().canonicalisation(WSConstants.C14N_EXCL_WITH_COMMENTS));

        assertRefused(Refusal.ALGORITHM_NOT_ALLOWED, () -> harness.authenticate(inclusive));
        assertRefused(Refusal.ALGORITHM_NOT_ALLOWED, () -> harness.authenticate(comments));
    }

    @Test
    void aMessageWhoseBodyOrTimestampIsNotSignedIsRefused() {
        assertRefused(
                Refusal.BODY_UNSIGNED,
                () -> harness.authenticate(harness.sign(Signing.old().only("Timestamp"))));
        assertRefused(
                Refusal.TIMESTAMP_UNSIGNED,
                () -> harness.authenticate(harness.sign(Signing.old().only("Body"))));
    }

    @ParameterizedTest
    @CsvSource({
        "-301, 300, EXPIRED",
        "-61, 60, EXPIRED",
        "301, 300, IN_THE_FUTURE",
        "0, 301, LIFETIME_TOO_LONG",
        "0, 86400, LIFETIME_TOO_LONG"
    })
    void aMessageOfAnotherTimeIsRefused(int createdSeconds, int lifetimeSeconds, Refusal refusal) {
        Signing signing = Signing.old().time(NOW.plusSeconds(createdSeconds), Duration.ofSeconds(lifetimeSeconds));

        assertRefused(refusal, () -> harness.authenticate(harness.sign(signing)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 0, 300})
    void clocksMayDifferByFiveMinutes(int createdSeconds) {
        Signing signing = Signing.old().time(NOW.plusSeconds(createdSeconds), Duration.ofMinutes(5));

        assertThat(harness.authenticate(harness.sign(signing))).isNotNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "\"\"", "RunInstances", "\"RunInstances\"", "\"http://ec2.amazonaws.com/RunInstances\""})
    void aSoapActionThatNamesTheOperationOrNothingIsAccepted(String action) {
        assertThat(harness.authenticator().authenticate(parse(harness.sign(Signing.old())), action))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TerminateInstances", "\"runInstances\"", "\"RunInstances/\"", "urn:x#Other"})
    void aSoapActionThatNamesAnotherOperationIsRefused(String action) {
        assertRefused(Refusal.WRONG_SOAP_ACTION, () -> harness.authenticator()
                .authenticate(parse(harness.sign(Signing.old())), action));
    }

    @Test
    void anUnknownCertificateIsRefusedAndADisabledOneOnlyAfterItProved() {
        String message = harness.sign(Signing.old());
        var nobody = new SoapAuthenticator(fingerprintNobodyKnows(), Sha1Policy.ALLOW, SoapHarness.CLOCK);
        harness.register(false);

        assertRefused(Refusal.UNKNOWN_CERTIFICATE, () -> nobody.authenticate(parse(message), null));
        assertRefused(Refusal.DISABLED_CERTIFICATE, () -> harness.authenticate(message));
        assertRefused(
                Refusal.WRONG_SIGNATURE, () -> harness.authenticate(message.replace("ami-12345678", "ami-87654321")));
    }

    private static CredentialStore fingerprintNobodyKnows() {
        return new InMemoryCredentials();
    }

    @Test
    void anExpiredCertificateIsRefused() {
        var later = Clock.fixed(NOW.plus(Duration.ofDays(60)), ZoneOffset.UTC);
        var authenticator = new SoapAuthenticator(harness.store, Sha1Policy.ALLOW, later);

        assertRefused(
                Refusal.CERTIFICATE_NOT_VALID_NOW,
                () -> authenticator.authenticate(parse(harness.sign(Signing.old())), null));
    }

    @Test
    void anUnsignedMessageIsRefused() {
        assertRefused(Refusal.MISSING_AUTHENTICATION, () -> harness.authenticate(SoapHarness.ENVELOPE));
        assertRefused(
                Refusal.MISSING_AUTHENTICATION,
                () -> harness.authenticate(SoapHarness.ENVELOPE.replace("<soap:Body>", "<soap:Header/><soap:Body>")));
        assertRefused(Refusal.MALFORMED_ENVELOPE, () -> harness.authenticate("<RunInstances/>"));
    }

    @Test
    void aTamperedCopyDoesNotUseUpTheGenuineMessage() {
        ReplayGuard guard = new ReplayGuard(digest -> false, SoapHarness.CLOCK);
        String message = harness.sign(Signing.old());
        String tampered = message.replace("ami-12345678", "ami-87654321");

        assertRefused(Refusal.WRONG_SIGNATURE, () -> guard.check(harness.authenticate(tampered), false));
        guard.check(harness.authenticate(message), false);
        assertRefused(Refusal.REPLAYED, () -> guard.check(harness.authenticate(message), false));
    }
}
