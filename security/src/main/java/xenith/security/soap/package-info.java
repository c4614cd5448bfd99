/**
 * Signed SOAP messages: WS-Security with X.509 certificates, by a strict policy around WSS4J, and the replay guard.
 *
 * <p>Start reading at {@link xenith.security.soap.SoapAuthenticator} for EC2's clients, whose certificates are pinned to
 * users, and {@link xenith.security.soap.GridAuthenticator} for a grid's, who prove themselves by paths to authorities;
 * both are profiles of one verifier. WSS4J and Santuario verify; this package decides which shapes of messages they get
 * to see and checks that what they verified is what will be processed. {@link xenith.security.soap.ReplySigner} signs
 * the replies to grid clients.
 *
 * <p>It must not know what the operations mean, nor CXF.
 */
package xenith.security.soap;
