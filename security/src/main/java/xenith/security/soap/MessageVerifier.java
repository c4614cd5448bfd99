package xenith.security.soap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import xenith.security.Refusal;
import xenith.security.RefusedException;

/** Verifies signed messages of one profile. The signed nodes are the very ones that are returned. Thread-safe. */
final class MessageVerifier<S> {
    private final MessageProfile<S> profile;
    private final Clock clock;

    MessageVerifier(MessageProfile<S> profile, Clock clock) {
        this.profile = profile;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** @throws RefusedException if the message is not signed as it must be */
    SignedMessage<S> verify(Document document) {
        SignedEnvelope envelope = SignedEnvelope.read(document);
        profile.signatures().check(envelope.signature(), envelope.token());
        List<X509Certificate> certificates = SecurityToken.signerFirst(envelope.token(), profile.tokens());
        S signer = profile.trust().apply(certificates);
        WSSecurityEngineResult verified = verify(envelope.security(), certificates.get(0));
        requireSigned(verified, envelope);
        MessageLifetime lifetime = MessageLifetime.read(envelope.timestamp());
        lifetime.check(clock);
        byte[] signature = (byte[]) verified.get(WSSecurityEngineResult.TAG_SIGNATURE_VALUE);
        return new SignedMessage<>(signer, envelope, lifetime, digest(certificates.get(0), signature));
    }

    /** Lets WSS4J verify the one signature; time, replay and trust are judged here, not by its own validators. */
    private WSSecurityEngineResult verify(Element security, X509Certificate signer) {
        WSSConfig config = WSSConfig.getNewInstance();
        config.setValidator(WSConstants.TIMESTAMP, (credential, data) -> credential);
        config.setValidator(WSConstants.SIGNATURE, (credential, data) -> {
            X509Certificate[] chain = credential.getCertificates();
            if (chain == null || chain.length != 1 || !chain[0].equals(signer)) {
                throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION);
            }
            return credential;
        });
        RequestData data = new RequestData();
        data.setWssConfig(config);
        data.setSigVerCrypto(new TokenCrypto(signer));
        data.setAlgorithmSuite(profile.signatures().algorithmSuite());
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
    private void requireSigned(WSSecurityEngineResult verified, SignedEnvelope envelope) {
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
        for (Element header : envelope.headers()) {
            if (profile.everyHeaderSigned() && signed.stream().noneMatch(node -> node == header)) {
                throw new RefusedException(
                        Refusal.HEADER_UNSIGNED, "It is " + RefusedException.quote(header.getLocalName()) + ".");
            }
        }
    }

    /**
     * PKCS #1 signatures are the only ones allowed, and for them a message and a key have one signature value. The key
     * and not its certificate, since that could be exchanged for another one of the same key.
     */
    private static String digest(X509Certificate signer, byte[] signatureValue) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(signer.getPublicKey().getEncoded());
            return HexFormat.of().formatHex(sha256.digest(signatureValue));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
