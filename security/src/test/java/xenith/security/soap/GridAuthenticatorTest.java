package xenith.security.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static xenith.security.Refusals.assertRefused;
import static xenith.security.soap.GridHarness.ACTION;
import static xenith.security.soap.GridHarness.ALICE;
import static xenith.security.soap.GridHarness.PATH;
import static xenith.security.soap.GridHarness.PROXY;
import static xenith.security.soap.GridHarness.ROOT;
import static xenith.security.soap.GridHarness.sign;
import static xenith.security.soap.GridHarness.signing;
import static xenith.security.soap.SoapHarness.parse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.wss4j.dom.WSConstants;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.grid.Made;

class GridAuthenticatorTest {
    private static final String GENUINE = GridHarness.genuine();

    @TempDir
    Path directory;

    private GridHarness harness;

    @BeforeEach
    void trustTheRoot() {
        harness = new GridHarness(directory);
    }

    @Test
    void aMessageOfTheGlobusClientIsAccepted() {
        GridMessage message = harness.authenticate(GENUINE);

        assertThat(GENUINE)
                .contains("#X509PKIPathv1")
                .contains("xmldsig#rsa-sha1")
                .doesNotContain("InclusiveNamesp");
        assertThat(message.sender().name()).hasToString("/O=Grid/CN=Alice User");
        assertThat(message.operation().getLocalName()).isEqualTo("startWorkspace");
        assertThat(message.addressing().messageId()).isEqualTo("uuid:24832080-e796-11f1-b239-ac59a8c5bde1");
        assertThat(message.addressing().to()).isEqualTo("http://cloud.example.org:8443" + PATH);
        assertThat("\"" + message.addressing().action() + "\"").isEqualTo(ACTION);
        assertThat(message.addressing().block(GridHarness.WORKSPACE, "WorkspaceKey"))
                .hasValueSatisfying(key -> assertThat(key.getTextContent()).isEqualTo("1"));
        assertThat(message.created()).isEqualTo(Made.NOW);
        assertThat(message.acceptableUntil()).isEqualTo(Made.NOW.plusSeconds(300));
    }

    @Test
    void aTokensPathMayBeginWithEitherEnd() {
        String turned = withToken(turnedToken());

        assertThat(turned).isNotEqualTo(GENUINE);
        assertThat(harness.authenticate(turned).sender())
                .isEqualTo(harness.authenticate(GENUINE).sender());
    }

    private static String withToken(String token) {
        String old = new Surgery(GENUINE).element("wsse:BinarySecurityToken");
        return GENUINE.replace(old, old.replaceFirst(">[^<]+<", ">" + token.replace("\r\n", "\n") + "<"));
    }

    private static String token() {
        return tokenOf(GENUINE);
    }

    private static String turnedToken() {
        ASN1Sequence path = ASN1Sequence.getInstance(Base64.getMimeDecoder().decode(token()));
        ASN1EncodableVector turned = new ASN1EncodableVector();
        for (int i = path.size() - 1; i >= 0; i--) {
            turned.add(path.getObjectAt(i));
        }
        return encoded(new DERSequence(turned));
    }

    private static String encoded(DERSequence path) {
        try {
            return Base64.getMimeEncoder().encodeToString(path.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aUserWithoutAProxyMaySendTheCertificateAlone() {
        String message = sign(signing(), ALICE);

        assertThat(message).contains("#X509v3");
        assertThat(harness.authenticate(message).sender().name()).hasToString("/O=Grid/CN=Alice User");
        assertRefused(Refusal.INVALID_PROXY, () -> harness.authenticate(sign(signing(), PROXY)));
    }

    @Test
    void thePathMayHoldTheAuthorityToo() {
        assertThat(harness.authenticate(sign(signing(), PROXY.proxy(), PROXY, ALICE, ROOT))
                        .sender()
                        .chain())
                .hasSize(4);
    }

    @Test
    void othersThanTheLastProxyOfThePathDidNotSign() {
        Made bob = ROOT.user("/O=Grid/CN=Bob");

        assertRefused(
                Refusal.WRONG_SIGNATURE,
                () -> harness.authenticate(
                        GENUINE.replace(token(), tokenOf(sign(signing(), bob.proxyWithOwnKey(), bob)))));
    }

    private static String tokenOf(String message) {
        return new Surgery(message)
                .element("wsse:BinarySecurityToken")
                .replaceFirst("^[^>]+>", "")
                .replaceFirst("<.*$", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "MAA=", "!!!"})
    void aTokenThatIsNoPathIsRefused(String token) {
        assertRefused(Refusal.MALFORMED_SECURITY_HEADER, () -> harness.authenticate(withToken(token)));
    }

    @Test
    void aTokenOfUnrelatedCertificatesOrTooManyCharactersIsRefused() {
        Made bob = ROOT.user("/O=Grid/CN=Bob");

        assertRefused(Refusal.MALFORMED_SECURITY_HEADER, () -> harness.authenticate(sign(signing(), PROXY, bob)));
        assertRefused(
                Refusal.MALFORMED_SECURITY_HEADER,
                () -> harness.authenticate(withToken(token() + " ".repeat(TokenKind.PKI_PATH.maxChars()))));
    }

    @ParameterizedTest
    @CsvSource({
        "Body, BODY_UNSIGNED",
        "Timestamp, TIMESTAMP_UNSIGNED",
        "Action, HEADER_UNSIGNED",
        "To, HEADER_UNSIGNED",
        "From, HEADER_UNSIGNED",
        "MessageID, HEADER_UNSIGNED",
        "WorkspaceKey, HEADER_UNSIGNED"
    })
    void eachPartMustBeSigned(String part, Refusal refusal) {
        List<String> parts = new ArrayList<>(GridHarness.PARTS);
        parts.remove(part);
        String message = sign(signing().only(parts.toArray(String[]::new)), PROXY, ALICE);

        assertRefused(refusal, () -> harness.authenticate(message));
    }

    static Stream<Arguments> headerAttacks() {
        return Stream.of(
                attack("another key is added", s -> s.insertBefore("</soapenv:Header>", key("2"))),
                attack("another key takes the signed one's place", s -> s.remove("ns2:WorkspaceKey")
                        .insertBefore("</soapenv:Header>", "<w>" + s.element("ns2:WorkspaceKey") + "</w>" + key("2"))),
                attack("the signed key is hidden in another header", s -> s.remove("ns2:WorkspaceKey")
                        .insertBefore("</wsa:From>", s.element("ns2:WorkspaceKey"))
                        .insertBefore("</soapenv:Header>", key("2"))),
                attack("the signed key moves into the Body", s -> s.remove("ns2:WorkspaceKey")
                        .replace(
                                "soapenv:Body",
                                body -> body.replace("</soapenv:Body>", s.element("ns2:WorkspaceKey"))
                                        + "</soapenv:Body>")),
                attack("the signed key is taken away", s -> s.remove("ns2:WorkspaceKey")),
                attack("the key is changed", s -> s.replace(">1</ns2:WorkspaceKey>", ">2</ns2:WorkspaceKey>")),
                attack(
                        "an answer is sent elsewhere",
                        s -> s.insertBefore(
                                "</soapenv:Header>",
                                "<wsa:ReplyTo><wsa:Address>http://evil.example.org</wsa:Address></wsa:ReplyTo>")),
                attack(
                        "another action is added",
                        s -> s.insertBefore("</soapenv:Header>", "<wsa:Action>urn:destroy</wsa:Action>")));
    }

    private static Arguments attack(String name, UnaryOperator<Surgery> cut) {
        return Arguments.of(name, cut.apply(new Surgery(GENUINE)).message());
    }

    private static String key(String value) {
        return "<k:WorkspaceKey xmlns:k=\"" + GridHarness.WORKSPACE + "\">" + value + "</k:WorkspaceKey>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headerAttacks")
    void aMessageIsRefusedWhere(String name, String message) {
        assertThat(message).isNotEqualTo(GENUINE);
        assertThat(catchThrowableOfType(RefusedException.class, () -> harness.authenticate(message)))
                .isNotNull();
    }

    @Test
    void aSignedHeaderIsStillRefusedTwice() {
        String doubled = GridHarness.START.replace("</soapenv:Header>", key("2") + "</soapenv:Header>");
        String message = SoapHarness.sign(doubled, signing(), GridHarness.credential(PROXY, ALICE));

        assertRefused(Refusal.MALFORMED_ENVELOPE, () -> harness.authenticate(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wsa:MessageID", "wsa:To", "wsa:Action"})
    void addressingHeadersMustBeThere(String header) {
        String part = header.substring(header.indexOf(':') + 1);
        List<String> parts = new ArrayList<>(GridHarness.PARTS);
        parts.remove(part);
        String envelope = new Surgery(GridHarness.START).remove(header).message();
        String message = SoapHarness.sign(
                envelope, signing().only(parts.toArray(String[]::new)), GridHarness.credential(PROXY, ALICE));

        assertRefused(Refusal.MALFORMED_ENVELOPE, () -> harness.authenticate(message));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "\"\""})
    void aSoapActionMayBeLeftOut(String action) {
        var authenticator = new GridAuthenticator(harness.files.validator(), Sha1Policy.ALLOW, Made.CLOCK);

        assertThat(authenticator.authenticate(parse(GENUINE), action, PATH)).isNotNull();
    }

    @Test
    void aMessageForAnotherActionOrServiceIsRefused() {
        var authenticator = new GridAuthenticator(harness.files.validator(), Sha1Policy.ALLOW, Made.CLOCK);

        assertRefused(
                Refusal.WRONG_SOAP_ACTION, () -> authenticator.authenticate(parse(GENUINE), "\"urn:other\"", PATH));
        assertRefused(
                Refusal.WRONG_DESTINATION,
                () -> authenticator.authenticate(parse(GENUINE), ACTION, "/wsrf/services/WorkspaceGroupService"));
    }

    @Test
    void sha256AndInclusiveNamespacesAreAcceptedAndSha1OnlyIfAllowed() {
        var strict = new GridAuthenticator(harness.files.validator(), Sha1Policy.REFUSE, Made.CLOCK);
        String modern = sign(
                signing().algorithms(WSConstants.RSA_SHA256, WSConstants.SHA256).withInclusivePrefixes(), PROXY, ALICE);

        assertThat(modern).contains("InclusiveNamespaces");
        assertThat(strict.authenticate(parse(modern), ACTION, PATH)).isNotNull();
        assertRefused(Refusal.ALGORITHM_NOT_ALLOWED, () -> strict.authenticate(parse(GENUINE), ACTION, PATH));
    }

    @Test
    void aMessageOfAnotherTimeIsRefused() {
        assertRefused(
                Refusal.EXPIRED,
                () -> harness.authenticate(
                        sign(signing().time(Made.NOW.minusSeconds(301), Duration.ofMinutes(5)), PROXY, ALICE)));
        assertRefused(
                Refusal.LIFETIME_TOO_LONG,
                () -> harness.authenticate(sign(signing().time(Made.NOW, Duration.ofHours(1)), PROXY, ALICE)));
    }

    @Test
    void aMessageOfAStrangerIsRefused() {
        Made stranger = Made.stranger("/O=Grid/CN=Root").user("/O=Grid/CN=Alice User");

        assertRefused(
                Refusal.UNTRUSTED_CERTIFICATE, () -> harness.authenticate(sign(signing(), stranger.proxy(), stranger)));
    }

    @Test
    void aMessageIsAcceptedOnceHoweverItsTokenIsWritten() {
        ReplayGuard guard = new ReplayGuard(digest -> false, Made.CLOCK);
        Identity user = new Identity("account", "user", "/O=Grid/CN=Alice User");

        guard.check(harness.authenticate(GENUINE).of(user), false);
        assertRefused(
                Refusal.REPLAYED,
                () -> guard.check(harness.authenticate(withToken(turnedToken())).of(user), false));
    }

    @Test
    void anotherCertificateOfTheSameKeyDoesNotMakeItAnotherMessage() {
        String token = tokenOf(sign(signing(), ALICE.proxyWithKeyOf(PROXY), ALICE));

        assertThat(token).isNotEqualTo(token());
        assertThat(harness.authenticate(withToken(token)).digest())
                .isEqualTo(harness.authenticate(GENUINE).digest());
    }

    @Test
    void anUnsignedMessageIsRefused() {
        assertRefused(Refusal.MISSING_AUTHENTICATION, () -> harness.authenticate(GridHarness.START));
    }
}
