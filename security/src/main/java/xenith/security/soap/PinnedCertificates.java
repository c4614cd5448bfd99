package xenith.security.soap;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Element;
import xenith.security.CredentialStore;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.x509.CertificateFingerprint;
import xenith.security.x509.CertificateStrength;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.Pem;

/** Finds the user whom a message's certificate is pinned to. No chain is built: a certificate is known or it is not. */
record PinnedCertificates(CredentialStore store, Clock clock) {
    private static final int MAX_TOKEN_CHARS = 16_384;

    /** A user's certificate, and whose it is. */
    record Pinned(X509Certificate certificate, Identity identity, boolean enabled) {}

    Pinned find(Element token) {
        X509Certificate certificate = certificate(token);
        var known = store.certificate(CertificateFingerprint.of(certificate))
                .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_CERTIFICATE));
        Optional<String> weakness = CertificateStrength.weakness(certificate);
        if (weakness.isPresent()) {
            throw new RefusedException(Refusal.WEAK_CERTIFICATE, "Namely, " + weakness.get() + ".");
        }
        Instant now = clock.instant();
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new RefusedException(Refusal.CERTIFICATE_NOT_VALID_NOW);
        }
        return new Pinned(certificate, known.identity(), known.enabled());
    }

    private static X509Certificate certificate(Element token) {
        String type = token.getAttributeNS(null, "ValueType");
        String text = token.getTextContent();
        if (!type.equals(WSConstants.X509TOKEN_NS + "#X509v3") || text.length() > MAX_TOKEN_CHARS) {
            throw unreadable();
        }
        try {
            return Pem.certificate(Base64.getMimeDecoder().decode(text));
        } catch (InvalidCertificateException | IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static RefusedException unreadable() {
        return new RefusedException(
                Refusal.MALFORMED_SECURITY_HEADER,
                "The BinarySecurityToken must hold one X.509 v3 certificate of at most " + MAX_TOKEN_CHARS
                        + " characters.");
    }
}
