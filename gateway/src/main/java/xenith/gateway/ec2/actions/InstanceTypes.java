package xenith.gateway.ec2.actions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import xenith.engine.model.Capacity;
import xenith.engine.model.InstanceType;

/**
 * The instance types: EC2's names in EC2's proportions, and much smaller than EC2's, so that a small host takes several.
 * The processor's part is what is guaranteed; a guest takes more of it while others leave it.
 */
final class InstanceTypes {
    static final String DEFAULT = "m1.small";

    static final List<InstanceType> ALL = List.of(
            //   name          vcpus  cpu/100  memory MiB  disk MiB
            type("t1.micro", 1, 25, 128, 1024),
            type("m1.small", 1, 50, 256, 2048),
            type("m1.medium", 1, 100, 512, 4096),
            type("m1.large", 2, 200, 1024, 8192),
            type("m1.xlarge", 4, 400, 2048, 16_384),
            type("c1.medium", 2, 200, 512, 4096),
            type("c1.xlarge", 8, 800, 2048, 16_384),
            type("m2.xlarge", 2, 200, 4096, 16_384),
            type("t2.nano", 1, 25, 128, 1024),
            type("t2.micro", 1, 25, 256, 2048),
            type("t2.small", 1, 50, 512, 4096),
            type("t2.medium", 2, 100, 1024, 8192),
            type("t3.nano", 2, 25, 128, 1024),
            type("t3.micro", 2, 50, 256, 2048),
            type("t3.small", 2, 50, 512, 4096),
            type("t3.medium", 2, 100, 1024, 8192));

    private static final Map<String, InstanceType> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(InstanceType::name, Function.identity()));

    private InstanceTypes() {}

    static Optional<InstanceType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static InstanceType type(String name, int vcpus, long cpu, long memoryMib, long diskMib) {
        return new InstanceType(name, vcpus, new Capacity(cpu, memoryMib, diskMib));
    }
}
