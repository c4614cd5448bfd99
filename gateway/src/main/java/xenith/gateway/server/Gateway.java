package xenith.gateway.server;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.Engine;
import xenith.engine.operation.EngineSettings;
import xenith.engine.placement.RankedPolicy;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Database;
import xenith.engine.store.SqlStore;
import xenith.engine.store.Store;
import xenith.engine.store.Table;
import xenith.engine.tables.EngineTables;
import xenith.gateway.api.ApiSettings;
import xenith.gateway.api.OperatorsApi;
import xenith.gateway.credentials.CredentialTables;
import xenith.gateway.credentials.Credentials;
import xenith.gateway.credentials.StoreCredentials;
import xenith.gateway.credentials.UsedMessages;
import xenith.gateway.ec2.actions.EngineServices;
import xenith.gateway.ec2.front.Ec2Soap;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.Ec2Tables;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.http.HttpLimits;
import xenith.gateway.http.HttpServer;
import xenith.gateway.http.Listener;
import xenith.gateway.http.Route;
import xenith.gateway.metrics.GatewayMeters;
import xenith.gateway.metrics.InstanceSamples;
import xenith.gateway.metrics.MetricsFront;
import xenith.gateway.metrics.MetricsToken;
import xenith.security.AccessKeys;
import xenith.security.SecretBox;
import xenith.security.query.ApiAuthenticator;
import xenith.security.query.SigningScope;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.InvalidCertificateException;

/** One cloud at work in this process: everything wired, in the order in which it starts; it stops in the reverse. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final long READY_PAUSE_MILLIS = 200;
    private static final long SWEEP_PAUSE_MILLIS = 60_000;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final HttpServer http;

    /**
     * Starts the cloud of that home.
     *
     * @param stop what the operators' API calls to end the process
     */
    static Gateway start(Home home, Configuration configuration, Runnable stop)
            throws IOException, InvalidCertificateException {
        return new Gateway(home, configuration, stop, Clock.systemUTC());
    }

    private Gateway(Home home, Configuration configuration, Runnable stop, Clock clock)
            throws IOException, InvalidCertificateException {
        running.push(home);
        try {
            this.http = wire(home, configuration, stop, clock);
        } catch (IOException | InvalidCertificateException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private HttpServer wire(Home home, Configuration configuration, Runnable stop, Clock clock)
            throws IOException, InvalidCertificateException {
        Drivers drivers = Drivers.of(configuration, home);
        running.push(drivers.world());
        Store store = SqlStore.open(database(home, configuration), tables(), migrations(), clock);
        running.push(store);

        StoreCredentials stored = new StoreCredentials(store);
        AccessKeys accessKeys = new AccessKeys(SecretBox.open(home.path("secret.key"), stored.hasSecrets()));
        SharedCloud.requireSameKey(store.state(), accessKeys);
        CertificateAuthority authority =
                CertificateAuthority.openOrCreate(home.path("ca"), "Xenith certificate authority", clock);
        SharedCloud.requireSameAuthority(store, authority);
        Credentials credentials = new Credentials();
        Bootstrap.Operator operator =
                new Bootstrap(home.directory(), configuration, store, credentials, accessKeys, authority).run();

        Engine engine = new Engine(
                store,
                SharedCloud.ownership(configuration, home, store),
                List.of(drivers.set()),
                configuration.placementPolicy().equals("packing") ? RankedPolicy.packing() : RankedPolicy.striping(),
                drivers.recovery(configuration),
                EngineSettings.STANDARD,
                clock);
        engine.start();
        running.push(engine);

        Ec2Ids ids = new Ec2Ids(configuration.longIds() ? Ec2Ids.Length.LONG : Ec2Ids.Length.SHORT, new SecureRandom());
        ImageIds imageIds = new ImageIds(ids);
        EngineServices services = new EngineServices(
                new VirtualMachines(engine.destinations()),
                new ImageCatalog(),
                engine.inspection(),
                engine.consoles(),
                engine.observations());
        Set<String> regions = new HashSet<>(configuration.acceptedRegions());
        regions.add(configuration.region());
        GatewayMeters meters = new GatewayMeters(store, Gateway::front);
        running.push(meters);
        Ec2Fronts ec2 =
                new Ec2Fronts(configuration, regions, store, services, ids, stored, accessKeys, meters::action, clock);
        ApiRecords records = new ApiRecords(credentials, imageIds);
        HttpServlet api = OperatorsApi.servlet(
                store,
                engine,
                new OperatorsApi.Credentials(
                        new ApiAuthenticator(
                                stored, accessKeys, new SigningScope(regions, Set.of("xenith", "ec2")), clock),
                        records,
                        accessKeys,
                        authority),
                records,
                new ApiSettings(
                        Set.of(drivers.set().name()),
                        drivers.set().name(),
                        configuration.zone(),
                        host -> configuration.isPrivate(host),
                        drivers::transfersUnderWay,
                        () -> copied(store, home),
                        stop),
                clock);

        InstanceSamples samples = new InstanceSamples(store, engine::usages, clock);
        MetricsFront metrics = new MetricsFront(samples, meters, MetricsToken.open(home.path("metrics-token")));
        HealthFront health = new HealthFront(store::ailment);
        Optional<ServerCertificate> tls = tls(home, configuration, authority, clock);
        List<Listener> listeners = new ArrayList<>();
        listeners.add(Listener.plain(new InetSocketAddress(configuration.address(), configuration.port())));
        tls.ifPresent(certificate -> listeners.add(Listener.tls(
                new InetSocketAddress(
                        configuration.tls().address(), configuration.tls().port()),
                certificate.keys())));
        HttpServer server = new HttpServer(
                listeners,
                meters::request,
                Stream.concat(
                                Stream.of(
                                        new Route(HealthFront::takes, new Route.ToFront(health, true)),
                                        new Route(MetricsFront::takes, new Route.ToFront(metrics, false)),
                                        new Route(
                                                request -> request.rawPath().startsWith("/xenith/v1/"),
                                                new Route.ToServlet(Optional.empty(), new ApiRefuser()))),
                                ec2.routes().stream())
                        .toList(),
                Map.of(Ec2Soap.MOUNT, ec2.soap(), OperatorsApi.MOUNT, api),
                HttpLimits.STANDARD);
        meters.observeWaiting(server::waiting);
        server.start();
        running.push(server);

        Endpoints endpoints =
                Endpoints.of(configuration, server.ports(), home.path("ca").resolve("ca.pem"));
        XenithRc.write(home.directory(), endpoints, configuration.region(), operator);
        FirstImage firstImage = new FirstImage(
                configuration.imageDirectory().orElse(home.path("images")),
                store,
                engine.inspection(),
                imageIds,
                clock);
        Housekeeping housekeeping = new Housekeeping();
        running.push(housekeeping);
        housekeeping.until(
                READY_PAUSE_MILLIS,
                new Readiness(() -> firstImage.register(operator.caller(), configuration), store, health));
        housekeeping.every(SWEEP_PAUSE_MILLIS, new UsedMessages(store, clock)::sweep);
        housekeeping.every(InstanceSamples.PERIOD_MILLIS, samples::take);
        tls.ifPresent(certificate -> housekeeping.every(SWEEP_PAUSE_MILLIS, certificate::refresh));
        LOG.info("serving at {}", endpoints);
        return server;
    }

    private static Optional<ServerCertificate> tls(
            Home home, Configuration configuration, CertificateAuthority authority, Clock clock)
            throws IOException, InvalidCertificateException {
        Configuration.Tls tls = configuration.tls();
        if (!tls.isOn()) {
            return Optional.empty();
        }
        if (tls.certificate().isPresent()) {
            return Optional.of(
                    ServerCertificate.ofSite(tls.certificate().get(), tls.key().orElseThrow()));
        }
        return Optional.of(ServerCertificate.issued(home.path("tls"), authority, ServerNames.of(tls), clock));
    }

    /** The front that answers requests for that path, as metrics name it. */
    private static String front(String path) {
        if (path.startsWith("/health")) {
            return "health";
        }
        if (path.equals("/metrics")) {
            return "metrics";
        }
        if (path.startsWith("/xenith/v1/")) {
            return "api";
        }
        return "ec2";
    }

    private static Path copied(Store store, Home home) {
        Path copy = home.path("backup").resolve(UUID.randomUUID().toString());
        store.backUp(copy);
        return copy;
    }

    /** A cloud that has begun in a home stays there: another database would be another cloud. */
    private static Database database(Home home, Configuration configuration) throws IOException {
        Path own = home.path("db");
        if (configuration.database().isPresent() && Files.exists(own)) {
            throw new IOException("this home's cloud is in " + own + ", and database.url names another place");
        }
        return configuration.database().orElseGet(() -> Database.embeddedIn(own));
    }

    private static List<Table<?, ?>> tables() {
        List<Table<?, ?>> tables = new ArrayList<>(EngineTables.all());
        tables.addAll(CredentialTables.all());
        tables.addAll(Ec2Tables.all());
        return tables;
    }

    private static List<String> migrations() {
        return List.of(EngineTables.MIGRATIONS, CredentialTables.MIGRATIONS, Ec2Tables.MIGRATIONS);
    }

    int port() {
        return http.ports().get(0);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failure) {
                LOG.warn("a part of the gateway did not close", failure);
            }
        }
    }
}
