/**
 * X.509 certificates: an authority of our own, certificates that users bring, PEM files.
 *
 * <p>Start reading at {@link xenith.security.x509.CertificateAuthority}; {@link xenith.security.x509.UploadedCertificate}
 * judges a certificate from elsewhere, {@link xenith.security.x509.CertificateStrength} says what is too weak.
 *
 * <p>It must not know where certificates are stored or what they are used for.
 */
package xenith.security.x509;
