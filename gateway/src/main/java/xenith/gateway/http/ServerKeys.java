package xenith.gateway.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import xenith.security.x509.CertifiedKey;

/**
 * A TLS server's certificate and key, which may be replaced while it serves: connections that are open keep theirs, later
 * ones get the new. TLS 1.2 and 1.3. Thread-safe.
 */
public final class ServerKeys {
    private static final String ALIAS = "server";
    /** For the memory of this process alone. */
    private static final String PASSWORD = "memory";

    private final SslContextFactory.Server context = new SslContextFactory.Server();

    /** @throws IllegalArgumentException when TLS does not take them */
    public ServerKeys(CertifiedKey identity) {
        // Which names it goes by is for clients to judge: they may come by an address.
        context.setSniRequired(false);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setKeyStorePassword(PASSWORD);
        context.setKeyStore(store(identity));
    }

    /** Serves with another certificate from now on; the former stays when this throws what the constructor throws. */
    public void replace(CertifiedKey identity) {
        KeyStore fresh = store(identity);
        try {
            context.reload(changed -> changed.setKeyStore(fresh));
        } catch (Exception failure) {
            throw new IllegalArgumentException("TLS does not take this certificate and key", failure);
        }
    }

    SslContextFactory.Server context() {
        return context;
    }

    private static KeyStore store(CertifiedKey identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    ALIAS,
                    identity.privateKey(),
                    PASSWORD.toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalArgumentException("certificate and key make no key store", failure);
        }
    }
}
