package xenith.drivers.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import xenith.drivers.libvirt.ExtendedConnect;
import xenith.drivers.libvirt.NativeCallException;
import xenith.engine.model.VirtualNetwork;
import xenith.engine.port.HostEndpoint;

/** The DHCP entries of one running network, and how they are changed there. */
interface DhcpHosts {
    void add(String mac, String address) throws LibvirtException, NativeCallException;

    void remove(String mac, String address) throws LibvirtException, NativeCallException;

    /** libvirt's test driver cannot update networks, so there one is made anew. */
    static DhcpHosts of(ExtendedConnect connect, HostEndpoint host, VirtualNetwork network, Map<String, String> hosts)
            throws LibvirtException {
        return connect.getType().equals("Test")
                ? new Anew(connect, host, network, new LinkedHashMap<>(hosts))
                : new Updated(connect, NetworkXml.uuid(host, network));
    }

    /** Changes the running network, whose guests notice nothing. Constants are virNetworkUpdate's. */
    record Updated(ExtendedConnect connect, UUID network) implements DhcpHosts {
        private static final int COMMAND_DELETE = 2;
        private static final int COMMAND_ADD_LAST = 3;
        private static final int SECTION_IP_DHCP_HOST = 4;
        private static final int AFFECT_LIVE = 1;

        @Override
        public void add(String mac, String address) throws NativeCallException {
            update(COMMAND_ADD_LAST, mac, address);
        }

        @Override
        public void remove(String mac, String address) throws NativeCallException {
            update(COMMAND_DELETE, mac, address);
        }

        private void update(int command, String mac, String address) throws NativeCallException {
            connect.updateNetwork(network, command, SECTION_IP_DHCP_HOST, NetworkXml.host(mac, address), AFFECT_LIVE);
        }
    }

    /** Makes the network anew with other entries. */
    record Anew(ExtendedConnect connect, HostEndpoint host, VirtualNetwork network, Map<String, String> hosts)
            implements DhcpHosts {
        @Override
        public void add(String mac, String address) throws LibvirtException {
            hosts.put(mac, address);
            make();
        }

        @Override
        public void remove(String mac, String address) throws LibvirtException {
            hosts.remove(mac);
            make();
        }

        private void make() throws LibvirtException {
            Network old = connect.networkLookupByUUIDString(
                    NetworkXml.uuid(host, network).toString());
            old.destroy();
            old.free();
            connect.networkCreateXML(NetworkXml.of(host, network, hosts)).free();
        }
    }
}
