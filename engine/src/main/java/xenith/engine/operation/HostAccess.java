package xenith.engine.operation;

import xenith.engine.port.DriverSet;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;

/** A host that is connected, with the drivers that serve it. */
public record HostAccess(HostEndpoint endpoint, DriverSet drivers, Hypervisor hypervisor) {}
