package xenith.security.soap;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import xenith.security.CredentialStore;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.x509.CertificateFingerprint;
import xenith.security.x509.CertificateStrength;

/** Finds the user whom a message's certificate is pinned to. No chain is built: a certificate is known or it is not. */
record PinnedCertificates(CredentialStore store, Clock clock) {
    /** Whose a certificate is. */
    record Pinned(Identity identity, boolean enabled) {}

    Pinned find(X509Certificate certificate) {
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
        return new Pinned(known.identity(), known.enabled());
    }
}
