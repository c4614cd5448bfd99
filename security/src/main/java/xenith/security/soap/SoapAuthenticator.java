package xenith.security.soap;

import java.time.Clock;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import xenith.security.CredentialStore;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.x509.CertificateStrength;

/**
 * Verifies SOAP 1.1 messages signed with a user's X.509 certificate (WS-Security 1.0, X.509 Token Profile), in the shape
 * that clients of EC2's SOAP API send. Body and Timestamp must be signed, and are the very nodes that are returned and
 * judged. Whether the message was seen before is for {@link ReplayGuard} to say. Thread-safe.
 */
public final class SoapAuthenticator {
    private final MessageVerifier<PinnedCertificates.Pinned> verifier;

    public SoapAuthenticator(CredentialStore store, Sha1Policy sha1, Clock clock) {
        PinnedCertificates certificates = new PinnedCertificates(store, clock);
        SignaturePolicy signatures = new SignaturePolicy(sha1, CertificateStrength.MIN_RSA_BITS);
        this.verifier = new MessageVerifier<>(
                new MessageProfile<>(
                        signatures, Set.of(TokenKind.X509_V3), false, chain -> certificates.find(chain.get(0))),
                clock);
    }

    /**
     * Verifies the message. The document must come from {@link xenith.security.xml.SafeXml}.
     *
     * @param soapAction the SOAPAction header as received, or null; it must name the Body's operation, or nothing
     * @throws RefusedException if the message is not signed as it must be; nothing was done then
     */
    public VerifiedMessage authenticate(Document document, String soapAction) {
        SignedMessage<PinnedCertificates.Pinned> message = verifier.verify(document);
        if (!message.signer().enabled()) {
            throw new RefusedException(Refusal.DISABLED_CERTIFICATE);
        }
        Element operation = message.envelope().operation();
        checkAction(soapAction, operation);
        return new VerifiedMessage(
                message.signer().identity(),
                operation,
                message.digest(),
                message.lifetime().created(),
                message.lifetime().expires());
    }

    private static void checkAction(String soapAction, Element operation) {
        String action = SoapAction.of(soapAction);
        String named = action.substring(Math.max(action.lastIndexOf('/'), action.lastIndexOf('#')) + 1);
        if (!action.isEmpty() && !named.equals(operation.getLocalName())) {
            throw new RefusedException(
                    Refusal.WRONG_SOAP_ACTION,
                    "They are " + RefusedException.quote(action) + " and "
                            + RefusedException.quote(operation.getLocalName()) + ".");
        }
    }
}
