package xenith.drivers.sim;

import java.util.List;
import java.util.UUID;
import xenith.engine.port.DomainSpec;

/** What a simulated host keeps of a domain's description. */
record SimStart(
        UUID uuid,
        String name,
        UUID cloud,
        long operation,
        int vcpus,
        long cpu,
        long memoryMib,
        String kernelArguments,
        List<String> macs) {
    SimStart {
        macs = List.copyOf(macs);
    }

    static SimStart of(DomainSpec spec) {
        return new SimStart(
                spec.uuid(),
                spec.name(),
                spec.cloud(),
                spec.operation(),
                spec.vcpus(),
                spec.cpu(),
                spec.memoryMib(),
                spec.boot().kernelArguments(),
                spec.nics().stream().map(DomainSpec.Nic::mac).toList());
    }
}
