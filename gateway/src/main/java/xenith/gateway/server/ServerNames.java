package xenith.gateway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names and addresses under which TLS clients may know the gateway. */
final class ServerNames {
    private ServerNames() {}

    /** In a fixed order. Never looks a name up. */
    static List<String> of(Configuration.Tls tls) {
        Set<String> names = new LinkedHashSet<>(tls.names());
        names.add("localhost");
        hostName().ifPresent(names::add);
        names.add("127.0.0.1");
        names.add("::1");
        if (tls.address().isAnyLocalAddress()) {
            names.addAll(machineAddresses());
        } else {
            names.add(text(tls.address()));
        }
        return List.copyOf(names);
    }

    private static Optional<String> hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? Optional.of(name) : Optional.empty();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static List<String> machineAddresses() {
        try {
            List<String> addresses = new ArrayList<>();
            for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
                card.inetAddresses()
                        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                        .map(ServerNames::text)
                        .forEach(addresses::add);
            }
            return addresses.stream().sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}
