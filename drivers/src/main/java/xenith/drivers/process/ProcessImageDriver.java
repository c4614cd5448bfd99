package xenith.drivers.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xenith.engine.model.Image;
import xenith.engine.port.BootFiles;
import xenith.engine.port.BootPlan;
import xenith.engine.port.DriverException;
import xenith.engine.port.HostEndpoint;
import xenith.engine.port.ImageDriver;
import xenith.engine.port.ImageFacts;

/** Images as the program brings them to its hosts. */
record ProcessImageDriver(DriverProcess process) implements ImageDriver {
    @Override
    public String name() {
        return ProcessDrivers.NAME;
    }

    @Override
    public ImageFacts examine(Image image) throws DriverException {
        ObjectNode params = PortWriter.params();
        params.set("image", PortWriter.image(image));
        return process.ask(Method.EXAMINE, Optional.empty(), params, PortReader::facts);
    }

    @Override
    public BootFiles prepare(HostEndpoint host, BootPlan plan) throws DriverException {
        ObjectNode params = PortWriter.params();
        params.set("plan", PortWriter.plan(plan));
        return process.ask(Method.PREPARE, Optional.of(host), params, PortReader::boot);
    }

    @Override
    public void adopt(HostEndpoint host, UUID vm) throws DriverException {
        process.ask(Method.ADOPT, Optional.of(host), PortWriter.vm(vm), PortReader::nothing);
    }

    @Override
    public String memoryFile(HostEndpoint host, UUID vm) throws DriverException {
        return process.ask(Method.MEMORY_FILE, Optional.of(host), PortWriter.vm(vm), Answer::text);
    }

    @Override
    public void discard(HostEndpoint host, UUID vm) throws DriverException {
        process.ask(Method.DISCARD, Optional.of(host), PortWriter.vm(vm), PortReader::nothing);
    }

    @Override
    public Set<UUID> present(HostEndpoint host) throws DriverException {
        return process.ask(Method.PRESENT, Optional.of(host), PortWriter.params(), PortReader::uuids);
    }
}
