/**
 * Where access keys, certificates and the digests of used messages are kept: in the engine's store, so that they change
 * in one unit of work with what they belong to.
 *
 * <p>Start reading at {@link xenith.gateway.credentials.Credentials}. Security declares the stores that it needs, and
 * {@link xenith.gateway.credentials.StoreCredentials} is them.
 *
 * <p>It must not know any protocol.
 */
package xenith.gateway.credentials;
