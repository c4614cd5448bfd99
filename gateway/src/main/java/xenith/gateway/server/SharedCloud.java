package xenith.gateway.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import xenith.engine.ownership.GatewayTimes;
import xenith.engine.ownership.Ownership;
import xenith.engine.ownership.SharedOwnership;
import xenith.engine.ownership.SoleOwnership;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.gateway.credentials.AuthorityRecord;
import xenith.gateway.credentials.KeyRecord;
import xenith.security.AccessKeys;
import xenith.security.SecretBoxException;
import xenith.security.x509.CertificateAuthority;

/** What homes whose gateways serve one cloud must have in common, and what each has for itself. */
final class SharedCloud {
    private static final String COPY = "; a gateway that joins a cloud begins with a copy of the first one's";

    private SharedCloud() {}

    /** On a database of its own a gateway is alone. */
    static Ownership ownership(Configuration configuration, Home home, Store store) throws IOException {
        return configuration.database().isPresent()
                ? new SharedOwnership(store, id(home.path("gateway.id")), machine(), GatewayTimes.STANDARD)
                : new SoleOwnership(store);
    }

    /** @throws IOException when the home's key is not the one that the database's secrets were sealed with */
    static void requireSameKey(Snapshot state, AccessKeys accessKeys) throws IOException {
        Optional<KeyRecord> any = state.all(KeyRecord.TABLE).stream().findFirst();
        try {
            any.map(KeyRecord::key).ifPresent(accessKeys::secretOf);
        } catch (SecretBoxException failure) {
            throw new IOException(
                    "secret.key in this home is not the one that this cloud's secrets were sealed with" + COPY,
                    failure);
        }
    }

    /** @throws IOException when the home's authority is not the one that the cloud began with */
    static void requireSameAuthority(Store store, CertificateAuthority authority) throws IOException {
        AuthorityRecord own = AuthorityRecord.of(authority.certificate());
        AuthorityRecord known = store.write(tx -> AuthorityRecord.orPut(tx, own));
        if (!known.equals(own)) {
            throw new IOException("ca/ in this home is not this cloud's certificate authority" + COPY);
        }
    }

    private static String id(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID() + "\n");
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "?";
        }
    }
}
