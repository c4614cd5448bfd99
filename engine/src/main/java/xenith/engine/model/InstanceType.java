package xenith.engine.model;

/** A named size of virtual machine. */
public record InstanceType(String name, int vcpus, Capacity capacity) {
    public InstanceType {
        Checks.text("instance type name", name, 64);
        Checks.atLeast("vcpus", vcpus, 1);
    }
}
