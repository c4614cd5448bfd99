/**
 * Who sends a request, and why another one is refused: identities, credentials and secrets at rest.
 *
 * <p>Start reading at {@link xenith.security.CredentialStore} (what this room needs to know about users) and
 * {@link xenith.security.Refusal} (every way to be turned away). The subpackages verify signed Query requests
 * ({@code query}) and signed SOAP messages ({@code soap}), judge grids' certificates and proxies ({@code grid}), parse XML
 * safely ({@code xml}), and make certificates ({@code x509}) and SSH keys ({@code ssh}).
 *
 * <p>It must not know the engine, the gateway or any web server.
 */
package xenith.security;
