/**
 * Signed HTTP requests: Signature Versions 2 and 4 of AWS, verified and (version 4) made.
 *
 * <p>Start reading at {@link xenith.security.query.QueryAuthenticator} for EC2's Query protocol, at
 * {@link xenith.security.query.ApiAuthenticator} for requests with bodies of any type, and at
 * {@link xenith.security.query.SigV4Signer} for the client's side.
 *
 * <p>It must not know what the parameters mean, nor which web server received them.
 */
package xenith.security.query;
