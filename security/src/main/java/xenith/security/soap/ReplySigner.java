package xenith.security.soap;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import xenith.security.x509.CertifiedKey;

/**
 * Signs replies, faults among them, as clients of Globus Toolkit 4.0 demand it of GSI Secure Message: Body and Timestamp,
 * RSA with SHA-256, exclusive canonicalisation, the host's certificate as a token. Thread-safe.
 */
public final class ReplySigner {
    /** In seconds, from a whole second on; the clients read no fractions. */
    private static final int LIFETIME_SECONDS = (int) MessageLifetime.WINDOW.toSeconds();

    private final Clock clock;

    public ReplySigner(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        WSSConfig.init();
    }

    /**
     * Signs the reply.
     *
     * @param reply a SOAP envelope of our own; a Security header is added to it
     * @return the signed envelope in UTF-8, to be sent as it is
     */
    public byte[] sign(Document reply, CertifiedKey credential) {
        try {
            WSSecHeader header = new WSSecHeader(reply);
            header.insertSecurityHeader();
            WSSecTimestamp timestamp = new WSSecTimestamp(header);
            timestamp.setPrecisionInMilliSeconds(false);
            timestamp.setTimeToLive(LIFETIME_SECONDS);
            timestamp.setWsTimeSource(clock::instant);
            timestamp.build();
            signature(header, reply, credential).build(new CredentialCrypto(credential));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // Any other writer could write what canonicalisation then reads differently.
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS).canonicalizeSubtree(reply, bytes);
            return bytes.toByteArray();
        } catch (XMLSecurityException e) {
            throw new IllegalStateException("a reply cannot be signed", e);
        }
    }

    private static WSSecSignature signature(WSSecHeader header, Document reply, CertifiedKey credential) {
        WSSecSignature signature = new WSSecSignature(header);
        // The names are not used: there is one key, without a password.
        signature.setUserInfo("host", "");
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setUseSingleCertificate(credential.chain().size() == 1);
        signature.setSignatureAlgorithm(WSConstants.RSA_SHA256);
        signature.setDigestAlgo(WSConstants.SHA256);
        signature.setSigCanonicalization(WSConstants.C14N_EXCL_OMIT_COMMENTS);
        String soap = reply.getDocumentElement().getNamespaceURI();
        signature
                .getParts()
                .addAll(List.of(
                        new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, ""),
                        new WSEncryptionPart("Body", soap, "")));
        return signature;
    }
}
