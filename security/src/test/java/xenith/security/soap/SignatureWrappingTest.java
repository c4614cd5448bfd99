package xenith.security.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static xenith.security.Refusals.assertRefused;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.soap.SoapHarness.Signing;

/** The ways to keep a genuine signature and have another content processed. */
class SignatureWrappingTest {
    private static final String EVIL_OPERATION =
            "<TerminateInstances xmlns=\"" + SoapHarness.EC2 + "\"><instanceId>i-1</instanceId></TerminateInstances>";
    private static final String EVIL_BODY = "<soap:Body>" + EVIL_OPERATION + "</soap:Body>";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    private static final SoapHarness HARNESS = TestUser.harness();
    private static final String GENUINE = HARNESS.sign(Signing.old());

    private static Arguments attack(String name, UnaryOperator<Surgery> cut) {
        return Arguments.of(name, cut.apply(new Surgery(GENUINE)).message());
    }

    private static String evilBody(Surgery s) {
        return "<soap:Body xmlns:wsu=\"" + WSU + "\" wsu:Id=\"" + s.id("soap:Body") + "\">" + EVIL_OPERATION
                + "</soap:Body>";
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("the Body moved to a wrapper in the Header", s -> s.remove("soap:Body")
                        .insertBefore("</soap:Header>", "<w>" + s.element("soap:Body") + "</w>")
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the same with the evil Body under the signed Id", s -> s.remove("soap:Body")
                        .insertBefore("</soap:Header>", "<w>" + s.element("soap:Body") + "</w>")
                        .insertBefore("</soap:Envelope>", evilBody(s))),
                attack("the Body moved into the Security header", s -> s.remove("soap:Body")
                        .insertBefore("</wsse:Security>", "<w>" + s.element("soap:Body") + "</w>")
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the Body moved into the Signature's Object", s -> s.remove("soap:Body")
                        .insertBefore("</ds:Signature>", "<ds:Object>" + s.element("soap:Body") + "</ds:Object>")
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the Body moved into the KeyInfo", s -> s.remove("soap:Body")
                        .insertBefore("</ds:KeyInfo>", s.element("soap:Body"))
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the Body moved into the token's reference", s -> s.remove("soap:Body")
                        .insertBefore("</wsse:SecurityTokenReference>", s.element("soap:Body"))
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the Body moved into the token", s -> s.remove("soap:Body")
                        .insertBefore("</wsse:BinarySecurityToken>", s.element("soap:Body"))
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack("the Body moved into the SignatureValue", s -> s.remove("soap:Body")
                        .replace("<ds:SignatureValue>", "<ds:SignatureValue>" + s.element("soap:Body"))
                        .insertBefore("</soap:Envelope>", EVIL_BODY)),
                attack(
                        "the Body wrapped in the evil Body",
                        s -> s.replace("soap:Body", old -> "<soap:Body>" + EVIL_OPERATION + old + "</soap:Body>")),
                attack(
                        "the Body as a child of the evil operation",
                        s -> s.replace(
                                "soap:Body",
                                old -> "<soap:Body><TerminateInstances>" + old + "</TerminateInstances></soap:Body>")),
                attack("an evil Body before the signed one", s -> s.replace("soap:Body", old -> EVIL_BODY + old)),
                attack("an evil Body after the signed one", s -> s.replace("soap:Body", old -> old + EVIL_BODY)),
                attack("two Bodies with one Id", s -> s.replace("soap:Body", old -> old + evilBody(s))),
                attack(
                        "two Bodies with one Id, the other first",
                        s -> s.replace("soap:Body", old -> evilBody(s) + old)),
                attack(
                        "the signed Id as a plain Id elsewhere",
                        s -> s.insertBefore("</soap:Header>", "<w Id=\"" + s.id("soap:Body") + "\"/>")),
                attack(
                        "the signed Id as an xml:id elsewhere",
                        s -> s.insertBefore("</soap:Header>", "<w xml:id=\"" + s.id("soap:Body") + "\"/>")),
                attack(
                        "the Body after the Envelope's end of content",
                        s -> s.replace("soap:Body", old -> EVIL_BODY + "<w>" + old + "</w>")),
                attack(
                        "a Body that only looks like one by its prefix",
                        s -> s.replace(
                                "soap:Body",
                                old -> old + "<soap:Body xmlns:soap=\"urn:x\">" + EVIL_OPERATION + "</soap:Body>")),
                attack(
                        "the signed Body under a namespace that is not SOAP's",
                        s -> s.insertBefore(
                                "</soap:Envelope>",
                                "<x:Body xmlns:x=\"http://schemas.xmlsoap.org/soap/envelope\">" + EVIL_OPERATION
                                        + "</x:Body>")),
                attack(
                        "an evil Body in SOAP 1.2's namespace",
                        s -> s.replace(
                                "soap:Body",
                                old -> old + "<e:Body xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\">"
                                        + EVIL_OPERATION + "</e:Body>")),
                attack("a second operation in the Body", s -> s.insertBefore("</soap:Body>", EVIL_OPERATION)),
                attack("the Timestamp moved to a wrapper, a fresh one in its place", s -> s.replace(
                                "wsu:Timestamp", old -> old.replaceAll("wsu:Id=\"[^\"]+\"", ""))
                        .insertBefore(
                                "</soap:Header>",
                                "<w xmlns:wsu=\"" + WSU + "\">" + s.element("wsu:Timestamp") + "</w>")),
                attack(
                        "a second Timestamp",
                        s -> s.replace("wsu:Timestamp", old -> old + old.replaceAll("wsu:Id=\"[^\"]+\"", ""))),
                attack("a second Security header", s -> s.replace("wsse:Security", old -> old + old)),
                attack(
                        "an empty Security header before",
                        s -> s.replace(
                                "<wsse:Security ",
                                "<x:Security xmlns:x=\"http://docs.oasis-open.org/wss/2004/01/"
                                        + "oasis-200401-wss-wssecurity-secext-1.0.xsd\"/><wsse:Security ")),
                attack("a second Signature", s -> s.replace("ds:Signature", old -> old + old)),
                attack(
                        "a second token",
                        s -> s.replace(
                                "wsse:BinarySecurityToken",
                                old -> old + old.replaceAll("wsu:Id=\"[^\"]+\"", "wsu:Id=\"t2\""))),
                attack("a second Header", s -> s.replace("soap:Header", old -> old + "<soap:Header/>")),
                attack(
                        "a reference to the whole document",
                        s -> s.replace("URI=\"#" + s.id("soap:Body") + "\"", "URI=\"\"")),
                attack(
                        "a reference by XPointer",
                        s -> s.replace(
                                "URI=\"#" + s.id("soap:Body") + "\"",
                                "URI=\"#xpointer(id('" + s.id("soap:Body") + "'))\"")),
                attack(
                        "a reference to another host",
                        s -> s.replace("URI=\"#" + s.id("soap:Body") + "\"", "URI=\"http://127.0.0.1:1/#x\"")),
                attack(
                        "an XPath transform",
                        s -> s.replace(
                                "<ds:Transforms>",
                                "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
                                        + "<ds:XPath>false()</ds:XPath></ds:Transform>")),
                attack(
                        "an HMAC keyed by the public certificate",
                        s -> s.replace(
                                "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                                "http://www.w3.org/2000/09/xmldsig#hmac-sha1")),
                attack("no Signature at all", s -> s.remove("ds:Signature")),
                attack("no token", s -> s.remove("wsse:BinarySecurityToken")),
                attack(
                        "a key given by value",
                        s -> s.replace(
                                "wsse:SecurityTokenReference", old -> "<ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>")),
                attack("another Body", s -> s.replace("ami-12345678", "ami-87654321")),
                attack("text in the Body changed by an entity", s -> s.replace("ami-12345678", "ami-1234567&#56;0")),
                attack(
                        "the Body's Id taken away",
                        s -> s.replace("soap:Body", old -> old.replaceFirst("wsu:Id=\"[^\"]+\"", ""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefused(String name, String message) {
        var refused = catchThrowableOfType(
                RefusedException.class, () -> HARNESS.authenticator().authenticate(SoapHarness.parse(message), null));

        assertThat(refused).as(message).isNotNull();
    }

    @Test
    void headersThatAreNotSignedChangeNothing() {
        String more = new Surgery(GENUINE)
                .insertBefore("</soap:Header>", "<a:Action xmlns:a=\"urn:a\">TerminateInstances</a:Action>")
                .message();

        assertThat(HARNESS.authenticate(more).operation().getLocalName()).isEqualTo("RunInstances");
    }

    @Test
    void theWrappedBodyIsRefusedForTheReasonThatTheProcessedOneIsUnsigned() {
        Surgery s = new Surgery(GENUINE);
        String moved = s.remove("soap:Body")
                .insertBefore("</soap:Header>", "<w>" + s.element("soap:Body") + "</w>")
                .insertBefore("</soap:Envelope>", EVIL_BODY)
                .message();

        assertRefused(
                Refusal.BODY_UNSIGNED, () -> HARNESS.authenticator().authenticate(SoapHarness.parse(moved), null));
    }

    @Test
    void noAttackIsTheGenuineMessageByMistake() {
        List<String> messages =
                attacks().map(arguments -> (String) arguments.get()[1]).toList();

        assertThat(messages).doesNotContain(GENUINE).doesNotHaveDuplicates();
    }
}
