package xenith.engine.model;

/**
 * What a host says of itself.
 *
 * @param hypervisor {@code Xen}, {@code QEMU}, {@code TEST}, {@code sim}; empty until it first answered
 * @param version the hypervisor's version as {@code 7.2.18}; empty until it first answered
 * @param arch the machine's architecture in libvirt's words: {@code x86_64}
 * @param store what names the store that its machines' disks are in: hosts of the same one see each other's
 * @param cores physical processor cores, 0 until it first answered
 */
public record HostFacts(String hypervisor, String version, String arch, String store, int cores) {
    public static final HostFacts UNKNOWN = new HostFacts("", "", "", "", 0);

    public HostFacts {
        Checks.bounded("hypervisor", hypervisor, 64);
        Checks.bounded("version", version, 64);
        Checks.bounded("arch", arch, 32);
        Checks.bounded("store", store, 255);
        Checks.atLeast("cores", cores, 0);
    }
}
