package xenith.engine.port;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.model.Contextualization;
import xenith.engine.model.Image;
import xenith.engine.model.Ipv4;
import xenith.engine.model.Subnet;

/**
 * What a virtual machine needs on its host before it starts.
 *
 * @param vm its UUID
 * @param diskMib how large its disk shall be at least; never smaller than its image
 * @param cards what the guest must be told of its network cards; empty where it asks by DHCP
 */
public record BootPlan(
        UUID vm,
        Optional<Image> disk,
        Optional<Image> kernel,
        Optional<Image> ramdisk,
        String kernelArguments,
        long diskMib,
        Contextualization context,
        List<Card> cards) {
    public BootPlan {
        cards = List.copyOf(cards);
    }

    /** A network card and its address. */
    public record Card(String mac, Ipv4 address, Subnet subnet, Ipv4 gateway) {}
}
