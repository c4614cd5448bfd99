package xenith.security;

import java.util.Optional;

/**
 * The users' credentials, looked up once per request. Implementations are thread-safe and see a revoked or disabled
 * credential with the next call.
 */
public interface CredentialStore {
    Optional<AccessKey> accessKey(String accessKeyId);

    /**
     * Finds a certificate, whether enabled or not.
     *
     * @param sha256FingerprintHex SHA-256 of the certificate's DER form, 64 lower-case hex digits
     */
    Optional<UserCertificate> certificate(String sha256FingerprintHex);
}
