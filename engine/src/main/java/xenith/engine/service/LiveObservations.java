package xenith.engine.service;

import xenith.engine.model.HostId;
import xenith.engine.model.VmId;
import xenith.engine.operation.HostRuntimes;
import xenith.engine.operation.LaunchWatch;

/** What the engine's own watches have seen. */
public record LiveObservations(HostRuntimes hosts, LaunchWatch launches) implements Observations {
    @Override
    public boolean isBooting(VmId vm) {
        return launches.watches(vm);
    }

    @Override
    public boolean hasAnswered(HostId host) {
        return hosts.usage(host).isPresent();
    }
}
