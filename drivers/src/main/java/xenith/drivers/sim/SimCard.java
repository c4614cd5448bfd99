package xenith.drivers.sim;

/** A network card that may have its address on a host. */
record SimCard(long network, String mac, String address) {
    String key() {
        return network + "/" + mac;
    }
}
