/**
 * The gateway's HTTP server: one address and port for every protocol.
 *
 * <p>Start reading at {@link xenith.gateway.http.HttpServer}; then {@link xenith.gateway.http.FrontDoor}, through which
 * every request comes. A request is gathered whole before anything looks at it, within bounds of size and time, and
 * without holding a thread; then one of a bounded number of workers answers it.
 *
 * <p>It must not know what a request means: not EC2, not SOAP, not signatures.
 */
package xenith.gateway.http;
