package xenith.drivers.process;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import xenith.engine.port.DomainListener;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.Hypervisor;
import xenith.engine.port.HypervisorDriver;

/** Hosts that the program reaches. Connections have numbers of their own, since a host may have several. */
record ProcessHypervisorDriver(DriverProcess process, AtomicLong lastConnection) implements HypervisorDriver {
    @Override
    public String name() {
        return ProcessDrivers.NAME;
    }

    @Override
    public Hypervisor connect(HostEndpoint endpoint, DomainListener listener) throws DriverException {
        Conversation conversation = process.conversation();
        ProcessHypervisor opened =
                new ProcessHypervisor(conversation, endpoint, listener, lastConnection.incrementAndGet());
        try {
            opened.open();
            return opened;
        } catch (DriverException e) {
            opened.close();
            Failure failure = e.failure() == Failure.REFUSED ? Failure.REFUSED : Failure.UNREACHABLE;
            throw new DriverException(failure, "host " + endpoint.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget(UUID vm) throws DriverException {
        process.ask(Method.FORGET_ANYWHERE, Optional.empty(), PortWriter.vm(vm), PortReader::nothing);
    }
}
