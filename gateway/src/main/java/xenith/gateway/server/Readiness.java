package xenith.gateway.server;

import java.io.IOException;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import xenith.engine.model.Host;
import xenith.engine.service.EngineException;
import xenith.engine.store.Store;
import xenith.engine.tables.Hosts;

/** Brings a new cloud to where its user can start a guest: the first image registered, and a host that has answered. */
final class Readiness implements BooleanSupplier {
    /** Registers the first image, unless it was registered before. */
    @FunctionalInterface
    interface Registration {
        void register() throws IOException;
    }

    private final Registration firstImage;
    private final Store store;
    private final HealthFront health;

    Readiness(Registration firstImage, Store store, HealthFront health) {
        this.firstImage = firstImage;
        this.store = store;
        this.health = health;
    }

    /** Tries once, and tells health what is missing. */
    @Override
    public boolean getAsBoolean() {
        try {
            firstImage.register();
        } catch (IOException | EngineException notYet) {
            health.notReady("the first image: " + notYet.getMessage());
            return false;
        }
        Collection<Host> hosts = store.state().all(Hosts.TABLE);
        // What a host has is kept, so one that is away at a later start does not make the cloud unready.
        boolean answered = hosts.stream().anyMatch(host -> host.capacity().memoryMib() > 0);
        if (!answered && !hosts.isEmpty()) {
            String why = hosts.stream()
                    .map(Host::reason)
                    .filter(reason -> !reason.isEmpty())
                    .findFirst()
                    .orElse("none has answered yet");
            health.notReady("a host: " + why);
            return false;
        }
        health.ready();
        return true;
    }
}
