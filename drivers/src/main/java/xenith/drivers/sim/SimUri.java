package xenith.drivers.sim;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import xenith.engine.model.Capacity;
import xenith.engine.port.DriverException;
import xenith.engine.port.DriverException.Failure;

/** A simulated host's address: {@code sim://host-1?cpu=1600&memoryMib=65536&diskMib=1000000}. */
record SimUri(String host, Capacity capacity) {
    private static final Capacity DEFAULT = new Capacity(1600, 65_536, 1_000_000);
    private static final int MAX_DIGITS = 12;

    /** @throws DriverException {@code REFUSED} when it is none */
    static SimUri parse(String text) throws DriverException {
        try {
            URI uri = new URI(text);
            if (!"sim".equals(uri.getScheme())
                    || uri.getHost() == null
                    || !uri.getPath().isEmpty()) {
                throw refused(text, "is not sim://HOST");
            }
            return new SimUri(uri.getHost(), capacity(text, uri.getRawQuery()));
        } catch (URISyntaxException e) {
            throw new DriverException(Failure.REFUSED, "uri '" + text + "': " + e.getReason(), e);
        }
    }

    private static Capacity capacity(String text, String query) throws DriverException {
        Map<String, Long> given = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String value = pair.substring(equals + 1);
            if (equals < 1 || !value.matches("[0-9]{1," + MAX_DIGITS + "}")) {
                throw refused(text, "has '" + pair + "', which is not name=number");
            }
            given.put(pair.substring(0, equals), Long.valueOf(value));
        }
        Capacity capacity = new Capacity(
                taken(given, "cpu", DEFAULT.cpu()),
                taken(given, "memoryMib", DEFAULT.memoryMib()),
                taken(given, "diskMib", DEFAULT.diskMib()));
        if (!given.isEmpty()) {
            throw refused(text, "has " + given.keySet() + "; known are cpu, memoryMib and diskMib");
        }
        return capacity;
    }

    private static long taken(Map<String, Long> given, String name, long otherwise) {
        Long value = given.remove(name);
        return value == null ? otherwise : value;
    }

    private static DriverException refused(String text, String why) {
        return new DriverException(Failure.REFUSED, "uri '" + text + "' " + why);
    }
}
