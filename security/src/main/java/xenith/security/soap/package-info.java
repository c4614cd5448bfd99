/**
 * Signed SOAP messages: WS-Security with X.509 certificates, by a strict policy around WSS4J, and the replay guard.
 *
 * <p>Start reading at {@link xenith.security.soap.SoapAuthenticator}. WSS4J and Santuario verify; this package decides
 * which shapes of messages they get to see, checks that what they verified is what will be processed, and pins the
 * certificate to a user.
 *
 * <p>It must not know what the operations mean, nor CXF.
 */
package xenith.security.soap;
