package xenith.engine.service;

import xenith.engine.model.VirtualMachine;

/** Reads guests' consoles; does driver work on the engine's own threads. Thread-safe. */
public interface Consoles {
    /**
     * The end of what the guest wrote on its console, across its boots.
     *
     * @param maxBytes 1 or more
     * @return empty when it has written nothing, or never was on a host
     * @throws EngineException {@code HOST_UNAVAILABLE} when the host does not answer in time
     */
    byte[] read(VirtualMachine vm, int maxBytes);
}
