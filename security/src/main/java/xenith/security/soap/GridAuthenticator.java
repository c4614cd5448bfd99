package xenith.security.soap;

import java.time.Clock;
import java.util.EnumSet;
import org.w3c.dom.Document;
import xenith.security.RefusedException;
import xenith.security.grid.GridIdentity;
import xenith.security.grid.GridPathValidator;

/**
 * Verifies SOAP 1.1 messages as clients of Globus Toolkit 4.0 send them with GSI Secure Message: signed with the key of a
 * user's certificate or of a proxy, which comes along as a path. Timestamp, Body and every other header block must be
 * signed. Whether the message was seen before is for {@link ReplayGuard} to say, and which user it is for
 * {@link xenith.security.grid.GridMapFile}. Thread-safe.
 */
public final class GridAuthenticator {
    private final MessageVerifier<GridIdentity> verifier;

    public GridAuthenticator(GridPathValidator paths, Sha1Policy sha1, Clock clock) {
        SignaturePolicy signatures = new SignaturePolicy(sha1, paths.strength().minRsaBits());
        this.verifier = new MessageVerifier<>(
                new MessageProfile<>(signatures, EnumSet.allOf(TokenKind.class), true, paths::validate), clock);
    }

    /**
     * Verifies the message. The document must come from {@link xenith.security.xml.SafeXml}.
     *
     * @param soapAction the SOAPAction header as received, or null; it must be the message's action, or nothing
     * @param path the path of the HTTP request; the message must be addressed to it
     * @throws RefusedException if the message is not signed as it must be, or by nobody who is trusted; nothing was done
     *     then
     */
    public GridMessage authenticate(Document document, String soapAction, String path) {
        SignedMessage<GridIdentity> message = verifier.verify(document);
        AddressingHeaders addressing = AddressingHeaders.of(message.envelope().headers());
        addressing.requireFor(soapAction, path);
        return new GridMessage(
                message.signer(),
                addressing,
                message.envelope().operation(),
                message.digest(),
                message.lifetime().created(),
                message.lifetime().expires());
    }
}
