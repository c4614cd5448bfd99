package xenith.gateway.credentials;

import java.util.List;
import xenith.engine.store.Table;

/** What this package gives to the store that is opened for it. */
public final class CredentialTables {
    public static final String MIGRATIONS = "classpath:xenith/gateway/credentials/migrations";

    private CredentialTables() {}

    public static List<Table<?, ?>> all() {
        return List.of(KeyRecord.TABLE, CertificateRecord.TABLE, UsedDigest.TABLE, AuthorityRecord.TABLE);
    }
}
