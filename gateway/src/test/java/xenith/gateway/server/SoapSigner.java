package xenith.gateway.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;
import xenith.security.x509.Pem;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** Signs messages as old EC2 clients do: RSA-SHA1, a direct token, Body and Timestamp. */
final class SoapSigner {
    private static final String PASSWORD = "password";
    private static final int LIFETIME_SECONDS = 300;

    private final Merlin keys = new Merlin();

    SoapSigner(Path certificateFile, Path keyFile) throws Exception {
        X509Certificate certificate = Pem.certificate(Files.readString(certificateFile));
        PrivateKey key = Pem.privateKey(Files.readString(keyFile));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("user", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
        keys.setKeyStore(store);
    }

    static String envelope(String body) {
        return "<soap:Envelope xmlns:soap=\"" + WSConstants.URI_SOAP11_ENV + "\"><soap:Body>" + body
                + "</soap:Body></soap:Envelope>";
    }

    byte[] sign(String envelope) throws Exception {
        Document document = new SafeXml(XmlLimits.DEFAULT).parse(envelope.getBytes(StandardCharsets.UTF_8));
        WSSecHeader header = new WSSecHeader(document);
        header.setMustUnderstand(true);
        header.insertSecurityHeader();
        WSSecTimestamp timestamp = new WSSecTimestamp(header);
        timestamp.setTimeToLive(LIFETIME_SECONDS);
        timestamp.build();
        WSSecSignature signature = new WSSecSignature(header);
        signature.setUserInfo("user", PASSWORD);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm(WSConstants.RSA_SHA1);
        signature.setDigestAlgo(WSConstants.SHA1);
        signature
                .getParts()
                .addAll(List.of(
                        new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, ""),
                        new WSEncryptionPart("Body", WSConstants.URI_SOAP11_ENV, "")));
        signature.build(keys);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }
}
