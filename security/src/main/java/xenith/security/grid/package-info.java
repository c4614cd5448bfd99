/**
 * Grid security: authorities in a trust directory, X.509 paths, proxy certificates, grid-mapfiles, host credentials.
 *
 * <p>Start reading at {@link xenith.security.grid.GridPathValidator}: certificates in, a
 * {@link xenith.security.grid.GridIdentity} out, or a refusal. {@link xenith.security.grid.GridMapFile} tells whose
 * accounts those are, {@link xenith.security.grid.HostCredentialFiles} what this side proves itself with. Files are read
 * again when they have changed; nobody watches them.
 *
 * <p>It must not know how certificates arrive: in a TLS handshake or in a SOAP message.
 */
package xenith.security.grid;
