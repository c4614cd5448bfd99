package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;
import xenith.security.InMemoryCredentials;
import xenith.security.UserCertificate;
import xenith.security.x509.CertificateFingerprint;
import xenith.security.x509.CertifiedKey;
import xenith.security.x509.Pem;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** One user with a certificate, a clock that stands, and messages signed by WSS4J in the shape of old EC2 clients. */
final class SoapHarness {
    static final Instant NOW = Instant.parse("2026-01-31T20:32:24.875Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String EC2 = "http://ec2.amazonaws.com/doc/2013-02-01/";
    static final String ENVELOPE = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
            + "<soap:Body><RunInstances xmlns=\"" + EC2 + "\"><imageId>ami-12345678</imageId>"
            + "<minCount>1</minCount><maxCount>1</maxCount></RunInstances></soap:Body></soap:Envelope>";

    private static final SafeXml XML = new SafeXml(XmlLimits.DEFAULT);

    static {
        WSSConfig.init();
    }

    final InMemoryCredentials store = new InMemoryCredentials();
    private final X509Certificate certificate;
    private final PrivateKey key;

    SoapHarness(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
        register(true);
    }

    void register(boolean enabled) {
        store.put(new UserCertificate(
                CertificateFingerprint.of(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Pem.of(certificate),
                "account",
                "user",
                enabled));
    }

    SoapAuthenticator authenticator() {
        return new SoapAuthenticator(store, Sha1Policy.ALLOW, CLOCK);
    }

    VerifiedMessage authenticate(String message) {
        return authenticator().authenticate(parse(message), "\"RunInstances\"");
    }

    static Document parse(String message) {
        try {
            return XML.parse(message.getBytes(UTF_8));
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** How a message is signed; the default is that of Amazon's own tools. */
    record Signing(
            String signature,
            String digest,
            String c14n,
            Instant created,
            int lifetimeSeconds,
            List<String> parts,
            boolean inclusivePrefixes) {
        static Signing old() {
            return new Signing(
                    WSConstants.RSA_SHA1,
                    WSConstants.SHA1,
                    WSConstants.C14N_EXCL_OMIT_COMMENTS,
                    NOW,
                    300,
                    List.of("Timestamp", "Body"),
                    false);
        }

        Signing algorithms(String signatureAlgorithm, String digestAlgorithm) {
            return new Signing(
                    signatureAlgorithm, digestAlgorithm, c14n, created, lifetimeSeconds, parts, inclusivePrefixes);
        }

        Signing canonicalisation(String algorithm) {
            return new Signing(signature, digest, algorithm, created, lifetimeSeconds, parts, inclusivePrefixes);
        }

        Signing time(Instant at, Duration lifetime) {
            return new Signing(signature, digest, c14n, at, (int) lifetime.toSeconds(), parts, inclusivePrefixes);
        }

        Signing only(String... some) {
            return new Signing(signature, digest, c14n, created, lifetimeSeconds, List.of(some), inclusivePrefixes);
        }

        Signing withInclusivePrefixes() {
            return new Signing(signature, digest, c14n, created, lifetimeSeconds, parts, true);
        }
    }

    String sign(Signing signing) {
        return sign(ENVELOPE, signing);
    }

    String sign(String envelope, Signing signing) {
        return sign(envelope, signing, new CertifiedKey(List.of(certificate), key));
    }

    /** Signs with the first certificate's key; if there are more the token is a path. */
    static String sign(String envelope, Signing signing, CertifiedKey signer) {
        try {
            Document document = parse(envelope);
            WSSecHeader header = new WSSecHeader(document);
            header.setMustUnderstand(false);
            header.insertSecurityHeader();
            WSSecTimestamp timestamp = new WSSecTimestamp(header);
            timestamp.setTimeToLive(signing.lifetimeSeconds());
            timestamp.setWsTimeSource(signing::created);
            timestamp.build();
            WSSecSignature signature = new WSSecSignature(header);
            signature.setUserInfo("user", "password");
            signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
            signature.setUseSingleCertificate(signer.chain().size() == 1);
            signature.setSignatureAlgorithm(signing.signature());
            signature.setDigestAlgo(signing.digest());
            signature.setSigCanonicalization(signing.c14n());
            signature.setAddInclusivePrefixes(signing.inclusivePrefixes());
            signature.getParts().addAll(parts(signing, document));
            signature.build(new CredentialCrypto(signer));
            return text(document);
        } catch (Exception e) {
            throw new IllegalStateException("the test's own message cannot be signed", e);
        }
    }

    private static List<WSEncryptionPart> parts(Signing signing, Document document) {
        Map<String, String> namespaces = Map.of(
                "Timestamp",
                WSConstants.WSU_NS,
                "Body",
                document.getDocumentElement().getNamespaceURI(),
                "WorkspaceKey",
                "http://www.globus.org/2008/06/workspace");
        return signing.parts().stream()
                .map(name -> new WSEncryptionPart(name, namespaces.getOrDefault(name, AddressingHeaders.NAMESPACE), ""))
                .toList();
    }

    private static String text(Document document) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toString(UTF_8);
    }
}
