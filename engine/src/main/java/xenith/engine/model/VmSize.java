package xenith.engine.model;

/**
 * What of a virtual machine can be changed after its creation.
 *
 * @param typeName the instance type that it is called by; empty for none
 * @param vcpus 1 or more
 * @param cpu hundredths of a core, 0 or more
 * @param memoryMib 1 or more
 */
public record VmSize(String typeName, int vcpus, long cpu, long memoryMib) {
    public VmSize {
        Checks.bounded("typeName", typeName, 64);
        Checks.atLeast("vcpus", vcpus, 1);
        Checks.atLeast("cpu", cpu, 0);
        Checks.atLeast("memoryMib", memoryMib, 1);
    }

    /** What a machine of that size holds, whatever its disk is. */
    public Capacity capacity(long diskMib) {
        return new Capacity(cpu, memoryMib, diskMib);
    }
}
