package xenith.gateway.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.model.Account;
import xenith.engine.model.Caller;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.service.Directory;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Cloud;
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
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    static final String ACCOUNT = "main";
    static final String OPERATOR = "admin";
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
        store.write(new ConfiguredNetwork(configuration)::apply).forEach(Bootstrap::warn);
        String localUri = localUri();
        store.write(tx -> new ConfiguredHosts(configuration).apply(tx, operator, localUri))
                .forEach(Bootstrap::warn);
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

    /** In the log, and where the launcher finds it for whoever has just changed a setting. */
    private static void warn(String remark) {
        LOG.warn(remark);
        System.err.println("warning: " + remark);
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
