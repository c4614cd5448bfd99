/**
 * What drivers implement: hypervisors, image transfer, networks.
 *
 * <p>Start reading at {@link xenith.engine.port.Hypervisor}. A driver is a class or a few that implement one of these
 * and pass its contract suite. Calls may block up to the engine's limit for the call; the engine never makes them on a
 * request's thread. Every call first looks: repeated after a lost answer, it finds its work done and says so by
 * returning. Ports know the model and nothing else of the engine.
 */
package xenith.engine.port;
