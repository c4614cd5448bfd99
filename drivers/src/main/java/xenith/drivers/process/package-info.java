/**
 * Drivers that are programs of their own, in any language: the three ports over lines of JSON on the program's standard
 * input and output. docs/reference/driver-protocol.md is the protocol.
 *
 * <p>Start reading at {@link xenith.drivers.process.ProcessDrivers}. {@code DriverProcess} keeps one child process alive,
 * {@code Conversation} speaks with one life of it, {@code PortWriter} and {@code PortReader} are the ports' records as
 * JSON. Whatever the program does, a call ends within its limit, with an answer or a failure that names it.
 */
package xenith.drivers.process;
