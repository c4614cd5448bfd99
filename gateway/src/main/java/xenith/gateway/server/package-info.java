/**
 * Where everything is wired.
 *
 * <p>Start reading at {@link xenith.gateway.server.Gateway}: its constructors, in order, are the cloud. This is the only
 * package of the gateway that knows drivers.
 */
package xenith.gateway.server;
