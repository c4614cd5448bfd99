package xenith.security.soap;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.apache.wss4j.common.crypto.CryptoType;
import org.apache.wss4j.common.crypto.Merlin;
import xenith.security.x509.CertifiedKey;

/** Gives WSS4J the one credential to sign with. */
final class CredentialCrypto extends Merlin {
    private final CertifiedKey credential;

    CredentialCrypto(CertifiedKey credential) {
        this.credential = credential;
    }

    @Override
    public X509Certificate[] getX509Certificates(CryptoType wanted) {
        return credential.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String identifier, String password) {
        return credential.privateKey();
    }
}
