package xenith.drivers.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import xenith.drivers.libvirt.XmlElements;
import xenith.drivers.libvirt.XmlText;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.HostEndpoint;

/** A virtual network as libvirt's XML. */
final class NetworkXml {
    private NetworkXml() {}

    /** libvirt 9 keeps no metadata of networks, so the cloud that one belongs to is told by its UUID. */
    static UUID uuid(HostEndpoint host, VirtualNetwork network) {
        byte[] number =
                ByteBuffer.allocate(Long.BYTES).putLong(network.id().value()).array();
        byte[] cloud = host.cloud().toString().getBytes(StandardCharsets.US_ASCII);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(cloud.length + number.length)
                .put(cloud)
                .put(number)
                .array());
    }

    /**
     * The network with those hosts, as {@link #host} has written them. Without a range DHCP answers known cards only;
     * without hosts it does not run at all.
     */
    static String of(HostEndpoint host, VirtualNetwork network, Map<String, String> addressByMac) {
        XmlText xml = new XmlText();
        xml.element("network", () -> {
            xml.text("name", "xenith-" + network.bridge())
                    .text("uuid", uuid(host, network).toString())
                    .element("forward", () -> {}, "mode", "nat")
                    .empty("bridge", "name", network.bridge(), "stp", "off", "delay", "0")
                    .element(
                            "ip",
                            () -> dhcp(xml, addressByMac),
                            "address",
                            network.gateway().toString(),
                            "netmask",
                            network.subnet().netmask().toString());
        });
        return xml.toString();
    }

    private static void dhcp(XmlText xml, Map<String, String> addressByMac) {
        if (!addressByMac.isEmpty()) {
            xml.element("dhcp", () -> addressByMac.forEach((mac, address) -> host(xml, mac, address)));
        }
    }

    private static void host(XmlText xml, String mac, String address) {
        xml.empty("host", "mac", mac, "ip", address);
    }

    /** One DHCP entry, for an update. */
    static String host(String mac, String address) {
        XmlText xml = new XmlText();
        host(xml, mac, address);
        return xml.toString();
    }

    /** What a running network's XML says of its DHCP entries: address by MAC address in lower case. */
    static Map<String, String> hosts(String xml) {
        List<Map<String, String>> hosts = XmlElements.attributes(xml, "host");
        return hosts.stream()
                .filter(entry -> entry.containsKey("mac") && entry.containsKey("ip"))
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.get("mac").toLowerCase(Locale.ROOT),
                        entry -> entry.get("ip"),
                        (first, second) -> first));
    }
}
