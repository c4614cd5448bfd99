package xenith.engine.port;

/** The drivers that together serve the hosts of one name. */
public record DriverSet(HypervisorDriver hypervisor, ImageDriver images, NetworkDriver networks) {
    public DriverSet {
        if (!hypervisor.name().equals(images.name()) || !hypervisor.name().equals(networks.name())) {
            throw new IllegalArgumentException("drivers of three names cannot serve one host: " + hypervisor.name()
                    + ", " + images.name() + ", " + networks.name());
        }
    }

    public String name() {
        return hypervisor.name();
    }
}
