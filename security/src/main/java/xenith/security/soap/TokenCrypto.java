package xenith.security.soap;

import java.io.InputStream;
import java.security.cert.X509Certificate;
import org.apache.wss4j.common.crypto.Merlin;

/** Gives WSS4J the signer's certificate that was read and trusted, instead of letting it read the token again. */
final class TokenCrypto extends Merlin {
    private final X509Certificate signer;

    TokenCrypto(X509Certificate signer) {
        this.signer = signer;
    }

    @Override
    public X509Certificate loadCertificate(InputStream token) {
        return signer;
    }

    @Override
    public X509Certificate[] getCertificatesFromBytes(byte[] token) {
        return new X509Certificate[] {signer};
    }
}
