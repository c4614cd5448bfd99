package xenith.security.grid;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether a certificate is for clients: it says so, or says nothing about its purpose. */
final class ClientPurpose {
    private static final String ANY = "2.5.29.37.0";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private ClientPurpose() {}

    static boolean allows(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
