package xenith.gateway.ec2.tables;

import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Checks;
import xenith.engine.model.VmId;

/**
 * What EC2 calls a virtual machine.
 *
 * @param id as {@code i-1a2b3c4d}
 * @param reservation the launch that it came from, as {@code r-1a2b3c4d}
 * @param launchIndex its place in that launch, from 0 on
 * @param clientToken the token that the launch was made under
 * @param keyName the key pair that it was launched with
 * @param monitored whether what it uses is sampled
 */
public record InstanceEntry(
        String id,
        VmId vm,
        AccountId account,
        String reservation,
        int launchIndex,
        Optional<String> clientToken,
        Optional<String> keyName,
        boolean monitored) {
    public InstanceEntry {
        Checks.text("instance id", id, Ec2Ids.MAX_CHARS);
        Checks.text("reservation id", reservation, Ec2Ids.MAX_CHARS);
    }

    public InstanceEntry monitored(boolean isMonitored) {
        return new InstanceEntry(id, vm, account, reservation, launchIndex, clientToken, keyName, isMonitored);
    }
}
