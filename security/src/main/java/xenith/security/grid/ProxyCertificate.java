package xenith.security.grid;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import xenith.security.RefusedException;

/** A certificate that a user, or an earlier proxy, has signed; recognised by its form, not yet trusted. */
record ProxyCertificate(X509Certificate certificate, ProxyKind kind, ProxyCertInfo info) {
    private static final Map<String, ProxyCertInfo.Rights> LEGACY_NAMES =
            Map.of("proxy", ProxyCertInfo.Rights.ALL, "limited proxy", ProxyCertInfo.Rights.LIMITED);

    /**
     * Recognises a proxy certificate; empty for any other one.
     *
     * @throws RefusedException if it is one but cannot be understood
     */
    static Optional<ProxyCertificate> read(X509Certificate certificate) {
        for (ProxyKind kind : Set.of(ProxyKind.RFC_3820, ProxyKind.DRAFT)) {
            byte[] extension = certificate.getExtensionValue(kind.extension());
            if (extension != null) {
                return Optional.of(new ProxyCertificate(certificate, kind, ProxyCertInfo.read(extension)));
            }
        }
        return ownCommonName(certificate)
                .map(LEGACY_NAMES::get)
                .map(rights -> new ProxyCertificate(
                        certificate, ProxyKind.LEGACY, new ProxyCertInfo(rights, OptionalInt.empty())));
    }

    /** What the subject has more than the issuer, if that is exactly one common name at the end (RFC 3820 section 3.4). */
    static Optional<String> ownCommonName(X509Certificate certificate) {
        RDN[] subject = rdns(certificate.getSubjectX500Principal());
        RDN[] issuer = rdns(certificate.getIssuerX500Principal());
        if (subject.length != issuer.length + 1 || !issuedUnder(subject, certificate.getIssuerX500Principal())) {
            return Optional.empty();
        }
        RDN own = subject[subject.length - 1];
        return Stream.of(own)
                .filter(rdn -> !rdn.isMultiValued() && rdn.getFirst().getType().equals(BCStyle.CN))
                .map(rdn -> rdn.getFirst().getValue())
                .filter(ASN1String.class::isInstance)
                .map(value -> ((ASN1String) value).getString())
                .findFirst();
    }

    private static RDN[] rdns(X500Principal name) {
        return X500Name.getInstance(name.getEncoded()).getRDNs();
    }

    private static boolean issuedUnder(RDN[] subject, X500Principal issuer) {
        try {
            RDN[] above = Arrays.copyOf(subject, subject.length - 1);
            return new X500Principal(new X500Name(above).getEncoded()).equals(issuer);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed name cannot be encoded", e);
        }
    }
}
