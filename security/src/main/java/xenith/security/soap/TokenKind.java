package xenith.security.soap;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.wss4j.dom.WSConstants;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.Pem;

/** The kinds of BinarySecurityTokens (WSS X.509 Certificate Token Profile 1.0, section 3.1). */
enum TokenKind {
    X509_V3("#X509v3", 16_384) {
        @Override
        List<X509Certificate> signerFirst(byte[] der) throws InvalidCertificateException {
            return List.of(Pem.certificate(der));
        }
    },
    PKI_PATH("#X509PKIPathv1", 65_536) {
        @Override
        List<X509Certificate> signerFirst(byte[] der) throws InvalidCertificateException {
            try {
                var path = CertificateFactory.getInstance("X.509")
                        .generateCertPath(new ByteArrayInputStream(der), "PkiPath")
                        .getCertificates();
                List<X509Certificate> certificates = new ArrayList<>();
                for (Certificate certificate : path) {
                    certificates.add((X509Certificate) certificate);
                }
                return ordered(certificates);
            } catch (CertificateException e) {
                throw new InvalidCertificateException("the data is not a path of X.509 certificates", e);
            }
        }
    };

    private final String valueType;
    private final int maxChars;

    TokenKind(String fragment, int maxChars) {
        this.valueType = WSConstants.X509TOKEN_NS + fragment;
        this.maxChars = maxChars;
    }

    String valueType() {
        return valueType;
    }

    /** The longest text of such a token, in characters. */
    int maxChars() {
        return maxChars;
    }

    /** The certificates of the token, the signer's own first, each one's issuer next. */
    abstract List<X509Certificate> signerFirst(byte[] der) throws InvalidCertificateException;

    /** Standard paths end with the signer's certificate (X.509 section 10), others begin with it. */
    private static List<X509Certificate> ordered(List<X509Certificate> certificates)
            throws InvalidCertificateException {
        List<X509Certificate> reversed = new ArrayList<>(certificates);
        Collections.reverse(reversed);
        if (!certificates.isEmpty() && isLinked(certificates)) {
            return certificates;
        }
        if (!certificates.isEmpty() && isLinked(reversed)) {
            return reversed;
        }
        throw new InvalidCertificateException("the certificates are not each the issuer of the next one");
    }

    private static boolean isLinked(List<X509Certificate> certificates) {
        for (int i = 1; i < certificates.size(); i++) {
            if (!certificates
                    .get(i - 1)
                    .getIssuerX500Principal()
                    .equals(certificates.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return true;
    }
}
