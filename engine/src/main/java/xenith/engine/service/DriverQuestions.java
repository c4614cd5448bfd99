package xenith.engine.service;

import java.util.Optional;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.VirtualMachine;
import xenith.engine.operation.HostRuntimes;
import xenith.engine.port.DriverException;
import xenith.engine.port.ImageFacts;

/** Answers callers' questions that only a driver can answer. Thread-safe. */
public final class DriverQuestions implements Consoles, ImageInspection {
    private final HostRuntimes hosts;
    private final String imageDriver;

    /** @param imageDriver name of the driver whose image store registered images lie in */
    public DriverQuestions(HostRuntimes hosts, String imageDriver) {
        this.hosts = hosts;
        this.imageDriver = imageDriver;
    }

    @Override
    public byte[] read(VirtualMachine vm, int maxBytes) {
        Optional<HostId> host = vm.host();
        if (host.isEmpty()) {
            return new byte[0];
        }
        try {
            return hosts.ask(host.get(), "the console of vm " + vm.id(), access -> access.hypervisor()
                    .console(vm.uuid(), maxBytes));
        } catch (DriverException failure) {
            throw new EngineException(ErrorCode.HOST_UNAVAILABLE, failure.getMessage());
        }
    }

    @Override
    public Image inspect(Image image) {
        try {
            ImageFacts facts = hosts.inspect(
                    "the examination of " + image.location(),
                    () -> hosts.driversNamed(imageDriver).images().examine(image));
            return image.examined(facts.format(), facts.sizeBytes(), facts.virtualSizeBytes());
        } catch (DriverException failure) {
            boolean refused = failure.failure() == DriverException.Failure.REFUSED;
            throw new EngineException(
                    refused ? ErrorCode.IMAGE_REFUSED : ErrorCode.HOST_UNAVAILABLE, failure.getMessage());
        }
    }
}
