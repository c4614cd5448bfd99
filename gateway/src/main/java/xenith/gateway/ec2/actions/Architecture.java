package xenith.gateway.ec2.actions;

import java.util.Arrays;
import java.util.Optional;

/** EC2's names of processor architectures beside libvirt's, which the engine uses. */
enum Architecture {
    I386("i386", "i686"),
    X86_64("x86_64", "x86_64"),
    ARM64("arm64", "aarch64");

    private final String ec2Name;
    private final String engineName;

    Architecture(String ec2Name, String engineName) {
        this.ec2Name = ec2Name;
        this.engineName = engineName;
    }

    static Optional<Architecture> ofEc2Name(String name) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.ec2Name.equals(name))
                .findFirst();
    }

    /** EC2's name for the engine's; one that EC2 lacks stays as it is. */
    static String ec2Name(String engineName) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.engineName.equals(engineName))
                .map(architecture -> architecture.ec2Name)
                .findFirst()
                .orElse(engineName);
    }

    String engineName() {
        return engineName;
    }
}
