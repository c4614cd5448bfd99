package xenith.security.ssh;

import java.util.Arrays;
import java.util.Optional;

/** The types of keys that EC2 knows. */
public enum SshKeyType {
    RSA("rsa", "ssh-rsa"),
    ED25519("ed25519", "ssh-ed25519");

    private final String ec2Name;
    private final String sshName;

    SshKeyType(String ec2Name, String sshName) {
        this.ec2Name = ec2Name;
        this.sshName = sshName;
    }

    /** As the parameter KeyType names it. */
    public String ec2Name() {
        return ec2Name;
    }

    /** As the first word of a public key's line (RFC 4253 section 6.6, RFC 8709). */
    public String sshName() {
        return sshName;
    }

    public static Optional<SshKeyType> ofEc2Name(String name) {
        return Arrays.stream(values()).filter(type -> type.ec2Name.equals(name)).findFirst();
    }
}
