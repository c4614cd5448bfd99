package xenith.security.grid;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import xenith.security.RefusedException;

/**
 * Lets TLS clients in whose certificates, proxies among them, {@link GridPathValidator} accepts; for the side of the
 * server only. After the handshake the validator tells, of the same chain, who the client is. Thread-safe.
 */
public final class GridTrustManager extends X509ExtendedTrustManager {
    private final GridPathValidator validator;

    public GridTrustManager(GridPathValidator validator) {
        this.validator = validator;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            validator.validate(List.of(chain));
        } catch (RefusedException refused) {
            throw new CertificateException(refused.getMessage(), refused);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("servers are not judged here");
    }

    /** None are named, so that clients offer what they have. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
