package xenith.gateway.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.model.Host;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.service.Directory;
import xenith.engine.service.HostRegistry;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Cloud;
import xenith.engine.tables.Hosts;
import xenith.gateway.credentials.Credentials;
import xenith.gateway.credentials.KeyRecord;
import xenith.security.AccessKey;
import xenith.security.AccessKeys;
import xenith.security.NewAccessKey;
import xenith.security.PrivateFile;
import xenith.security.UserCertificate;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.IssuedCertificate;

/**
 * A cloud's beginning: its UUID, the first account with an operator and their credentials, a network, hosts. Each start
 * looks what is missing, so one that was cut off is made up for.
 */
final class Bootstrap {
    static final String ACCOUNT = "main";
    static final String OPERATOR = "admin";
    static final String LOCAL_HOST = "local";
    private static final int MAX_VMS = 100_000;
    private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(3650);

    private final Path home;
    private final Configuration configuration;
    private final Store store;
    private final Credentials credentials;
    private final AccessKeys accessKeys;
    private final CertificateAuthority authority;
    private final Directory directory = new Directory(new SecureRandom());

    /**
     * The first operator, as {@code xenithrc} presents them.
     *
     * @param secretAccessKey in clear, for the file alone
     */
    record Operator(
            Caller caller, String accessKeyId, String secretAccessKey, Path certificateFile, Path privateKeyFile) {
        /** Names the operator without the secret. */
        @Override
        public String toString() {
            return "Operator[" + accessKeyId + "]";
        }
    }

    Bootstrap(
            Path home,
            Configuration configuration,
            Store store,
            Credentials credentials,
            AccessKeys accessKeys,
            CertificateAuthority authority) {
        this.home = home;
        this.configuration = configuration;
        this.store = store;
        this.credentials = credentials;
        this.accessKeys = accessKeys;
        this.authority = authority;
    }

    /** Makes what is missing, durably. */
    Operator run() throws IOException {
        Caller operator = store.write(this::cloud);
        String localUri = localUri();
        store.write(tx -> {
            addHosts(tx, operator, localUri);
            return null;
        });
        AccessKey key = accessKey(operator);
        Path certificate = home.resolve("credentials").resolve("cert-" + OPERATOR + ".pem");
        Path privateKey = home.resolve("credentials").resolve("pk-" + OPERATOR + ".pem");
        issueCertificate(operator, certificate, privateKey);
        return new Operator(operator, key.id(), accessKeys.secretOf(key), certificate, privateKey);
    }

    private Caller cloud(Transaction tx) {
        if (tx.state().all(Cloud.TABLE).isEmpty()) {
            tx.put(Cloud.TABLE, new Cloud(UUID.randomUUID()));
        }
        NetworkRegistry networks = new NetworkRegistry();
        if (networks.byName(tx.state(), configuration.network().name()).isEmpty()) {
            networks.create(tx, configuration.network());
        }
        Account account = directory
                .accountByName(tx.state(), ACCOUNT)
                .orElseGet(() -> directory.createAccount(tx, ACCOUNT, MAX_VMS));
        User user = directory
                .userByName(tx.state(), OPERATOR)
                .orElseGet(() -> directory.createUser(tx, account.id(), OPERATOR, Role.OPERATOR));
        return new Caller(account.id(), user.id(), user.role());
    }

    /** Where the private hypervisor runs, whoever started it has tried whether its machine executes guests in hardware. */
    private String localUri() throws IOException {
        Path domainType = home.resolve("hypervisor").resolve("domain-type");
        return configuration.hasPrivateHypervisor() && Files.exists(domainType)
                ? configuration.localHostUri() + "&xenith_domain_type="
                        + Files.readString(domainType).strip()
                : configuration.localHostUri();
    }

    private void addHosts(Transaction tx, Caller operator, String localUri) {
        switch (configuration.driver()) {
            case LIBVIRT -> {
                if (configuration.hasLocalHost()) {
                    addHost(tx, operator, LOCAL_HOST, "libvirt", localUri);
                }
            }
            case SIM -> {
                for (int number = 1; number <= configuration.simulatedHosts(); number++) {
                    addHost(tx, operator, "sim-" + number, "sim", "sim://sim-" + number);
                }
            }
        }
    }

    /** The configuration's word on where its host is holds at each start. */
    private void addHost(Transaction tx, Caller operator, String name, String driver, String uri) {
        HostRegistry hosts = new HostRegistry(Set.of(driver));
        Optional<Host> known = hosts.byName(tx.state(), name);
        if (known.isEmpty()) {
            hosts.add(
                    tx, operator, new HostRegistry.NewHost(name, driver, uri, Optional.empty(), configuration.zone()));
        } else if (!known.get().uri().equals(uri)) {
            tx.put(Hosts.TABLE, known.get().withUri(uri));
        }
    }

    private AccessKey accessKey(Caller operator) {
        Optional<AccessKey> known = firstKey(store.state(), operator.user());
        if (known.isPresent()) {
            return known.get();
        }
        NewAccessKey made =
                accessKeys.create(operator.account().value(), operator.user().toString());
        return store.write(tx -> firstKey(tx.state(), operator.user()).orElseGet(() -> {
            credentials.add(tx, made.stored());
            return made.stored();
        }));
    }

    private Optional<AccessKey> firstKey(Snapshot state, UserId user) {
        return credentials.keys(state, user).stream()
                .map(KeyRecord::key)
                .filter(AccessKey::enabled)
                .findFirst();
    }

    /** Without both files another is issued: a certificate that is known and whose key is lost helps nobody. */
    private void issueCertificate(Caller operator, Path certificate, Path privateKey) throws IOException {
        if (Files.exists(certificate) && Files.exists(privateKey)) {
            return;
        }
        IssuedCertificate issued = authority.issueUser(OPERATOR, CERTIFICATE_VALIDITY);
        Files.createDirectories(certificate.getParent());
        UserCertificate known =
                issued.of(operator.account().value(), operator.user().toString());
        store.write(tx -> credentials.add(tx, known));
        PrivateFile.write(privateKey, issued.privateKeyPem().getBytes(StandardCharsets.US_ASCII));
        PrivateFile.write(certificate, issued.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }
}
