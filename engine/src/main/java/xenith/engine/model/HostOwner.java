package xenith.engine.model;

/**
 * Which gateway acts on a host.
 *
 * @param gateway its id
 * @param epoch never given twice: who acts under another has lost the host, be it to itself
 */
public record HostOwner(HostId host, String gateway, long epoch) {}
