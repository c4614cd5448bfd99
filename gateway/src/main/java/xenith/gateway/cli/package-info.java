/**
 * The operators' command line: each command is one or two requests to the operators' interface, and prints what came back;
 * {@link xenith.gateway.cli.HostCertificates} alone works on the home itself.
 *
 * <p>Start reading at {@link xenith.gateway.cli.Main}, then {@link xenith.gateway.cli.Commands}, the table of all
 * commands. It starts often and for one request, so it uses nothing that is slow to load: no annotations are scanned, no
 * object is mapped, and HTTP is the JDK's oldest client.
 *
 * <p>It must not know the engine, nor anything of the server's but its paths and JSON.
 */
package xenith.gateway.cli;
