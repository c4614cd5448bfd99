package xenith.security.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import xenith.security.CredentialStore;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * Verifies SOAP 1.1 messages signed with a user's X.509 certificate (WS-Security 1.0, X.509 Token Profile), in the shape
 * that clients of EC2's SOAP API send. Body and Timestamp must be signed, and are the very nodes that are returned and
 * judged. Whether the message was seen before is for {@link ReplayGuard} to say. Thread-safe.
 */
public final class SoapAuthenticator {
    private final PinnedCertificates certificates;
    private final SignaturePolicy policy;
    private final Clock clock;

    public SoapAuthenticator(CredentialStore store, Sha1Policy sha1, Clock clock) {
        this.certificates = new PinnedCertificates(store, clock);
        this.policy = new SignaturePolicy(sha1);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Verifies the message. The document must come from {@link xenith.security.xml.SafeXml}.
     *
     * @param soapAction the SOAPAction header as received, or null; it must name the Body's operation, or nothing
     * @throws RefusedException if the message is not signed as it must be; nothing was done then
     */
    public VerifiedMessage authenticate(Document document, String soapAction) {
        SignedEnvelope envelope = SignedEnvelope.read(document);
        policy.check(envelope.signature(), envelope.token());
        PinnedCertificates.Pinned pinned = certificates.find(envelope.token());
        WSSecurityEngineResult verified = verify(envelope.security(), pinned.certificate());
        requireSigned(verified, envelope);
        if (!pinned.enabled()) {
            throw new RefusedException(Refusal.DISABLED_CERTIFICATE);
        }
        MessageLifetime lifetime = MessageLifetime.read(envelope.timestamp());
        lifetime.check(clock);
        checkAction(soapAction, envelope.operation());
        String digest = digest(
                pinned.identity().credentialId(), (byte[]) verified.get(WSSecurityEngineResult.TAG_SIGNATURE_VALUE));
        return new VerifiedMessage(
                pinned.identity(), envelope.operation(), digest, lifetime.created(), lifetime.expires());
    }

    /** Lets WSS4J verify the one signature; time, replay and trust are judged here, not by its own validators. */
    private WSSecurityEngineResult verify(Element security, X509Certificate pinned) {
        WSSConfig config = WSSConfig.getNewInstance();
        config.setValidator(WSConstants.TIMESTAMP, (credential, data) -> credential);
        config.setValidator(WSConstants.SIGNATURE, (credential, data) -> {
            X509Certificate[] chain = credential.getCertificates();
            if (chain == null || chain.length != 1 || !chain[0].equals(pinned)) {
                throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION);
            }
            return credential;
        });
        RequestData data = new RequestData();
        data.setWssConfig(config);
        data.setSigVerCrypto(new Merlin());
        data.setAlgorithmSuite(policy.algorithmSuite());
        data.setDisableBSPEnforcement(true);
        try {
            var results = new WSSecurityEngine().processSecurityHeader(security, data);
            List<WSSecurityEngineResult> signatures = results.getActionResults().get(WSConstants.SIGN);
            if (signatures == null || signatures.size() != 1) {
                throw new RefusedException(Refusal.WRONG_SIGNATURE);
            }
            return signatures.get(0);
        } catch (WSSecurityException e) {
            throw new RefusedException(
                    switch (e.getErrorCode()) {
                        case FAILED_CHECK, FAILED_AUTHENTICATION -> Refusal.WRONG_SIGNATURE;
                        case UNSUPPORTED_ALGORITHM -> Refusal.ALGORITHM_NOT_ALLOWED;
                        default -> Refusal.MALFORMED_SECURITY_HEADER;
                    });
        }
    }

    /** The nodes that were verified must be the nodes at the absolute positions, not copies of them elsewhere. */
    private static void requireSigned(WSSecurityEngineResult verified, SignedEnvelope envelope) {
        List<?> references = (List<?>) verified.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
        Set<Node> signed = references.stream()
                .map(WSDataRef.class::cast)
                .map(WSDataRef::getProtectedElement)
                .collect(Collectors.toSet());
        if (signed.stream().noneMatch(node -> node == envelope.body())) {
            throw new RefusedException(Refusal.BODY_UNSIGNED);
        }
        if (signed.stream().noneMatch(node -> node == envelope.timestamp())) {
            throw new RefusedException(Refusal.TIMESTAMP_UNSIGNED);
        }
    }

    private static void checkAction(String soapAction, Element operation) {
        String action = soapAction == null ? "" : soapAction.strip().replaceAll("^\"|\"$", "");
        String named = action.substring(Math.max(action.lastIndexOf('/'), action.lastIndexOf('#')) + 1);
        if (!action.isEmpty() && !named.equals(operation.getLocalName())) {
            throw new RefusedException(
                    Refusal.WRONG_SOAP_ACTION,
                    "They are " + RefusedException.quote(action) + " and "
                            + RefusedException.quote(operation.getLocalName()) + ".");
        }
    }

    /** PKCS #1 signatures are the only ones allowed, and for them a message and a key have one signature value. */
    private static String digest(String credentialId, byte[] signatureValue) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(credentialId.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(signatureValue));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
