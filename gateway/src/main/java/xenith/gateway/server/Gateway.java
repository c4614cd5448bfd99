package xenith.gateway.server;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.Engine;
import xenith.engine.operation.EngineSettings;
import xenith.engine.placement.RankedPolicy;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.VirtualMachines;
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
import xenith.gateway.ec2.actions.ActionTable;
import xenith.gateway.ec2.actions.EngineServices;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.Ec2Contract;
import xenith.gateway.ec2.front.Ec2Dispatch;
import xenith.gateway.ec2.front.Ec2Soap;
import xenith.gateway.ec2.front.QueryFront;
import xenith.gateway.ec2.front.SoapFront;
import xenith.gateway.ec2.front.SoapRefuser;
import xenith.gateway.ec2.front.StsFront;
import xenith.gateway.ec2.front.WsdlFront;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.ec2.tables.Ec2Tables;
import xenith.gateway.ec2.tables.ImageIds;
import xenith.gateway.http.HttpLimits;
import xenith.gateway.http.HttpServer;
import xenith.gateway.http.Route;
import xenith.security.AccessKeys;
import xenith.security.SecretBox;
import xenith.security.query.ApiAuthenticator;
import xenith.security.query.QueryAuthenticator;
import xenith.security.query.SigningScope;
import xenith.security.soap.ReplayGuard;
import xenith.security.soap.Sha1Policy;
import xenith.security.soap.SoapAuthenticator;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

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
        Store store = SqlStore.open(
                "jdbc:derby:directory:" + home.path("db") + ";create=true", tables(), migrations(), clock);
        running.push(store);

        StoreCredentials stored = new StoreCredentials(store);
        AccessKeys accessKeys = new AccessKeys(SecretBox.open(home.path("secret.key"), stored.hasSecrets()));
        CertificateAuthority authority =
                CertificateAuthority.openOrCreate(home.path("ca"), "Xenith certificate authority", clock);
        Credentials credentials = new Credentials();
        Bootstrap.Operator operator =
                new Bootstrap(home.directory(), configuration, store, credentials, accessKeys, authority).run();

        Engine engine = new Engine(
                store,
                List.of(drivers.set()),
                configuration.placementPolicy().equals("packing") ? RankedPolicy.packing() : RankedPolicy.striping(),
                EngineSettings.STANDARD,
                clock);
        engine.start();
        running.push(engine);

        Ec2Ids ids = new Ec2Ids(configuration.longIds() ? Ec2Ids.Length.LONG : Ec2Ids.Length.SHORT, new SecureRandom());
        ImageIds imageIds = new ImageIds(ids);
        Ec2Contract contract = new Ec2Contract();
        ActionShapes shapes = new ActionShapes(contract);
        EngineServices services =
                new EngineServices(new VirtualMachines(), new ImageCatalog(), engine.inspection(), engine.consoles());
        ActionTable actions = new ActionTable(shapes, services, ids, configuration.region(), clock);
        Ec2Dispatch dispatch = new Ec2Dispatch(store, actions, shapes);

        Set<String> regions = new HashSet<>(configuration.acceptedRegions());
        regions.add(configuration.region());
        StsFront sts = new StsFront(
                new QueryAuthenticator(stored, accessKeys, new SigningScope(regions, Set.of("sts")), clock), store);
        QueryFront query = new QueryFront(
                new QueryAuthenticator(stored, accessKeys, new SigningScope(regions, Set.of("ec2")), clock),
                dispatch,
                sts);
        HttpServlet soap = Ec2Soap.servlet(
                new SafeXml(XmlLimits.DEFAULT),
                new SoapAuthenticator(
                        stored, configuration.acceptsSha1() ? Sha1Policy.ALLOW : Sha1Policy.REFUSE, clock),
                new SoapFront(new ReplayGuard(stored, clock), dispatch));
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
                        stop),
                clock);

        HealthFront health = new HealthFront();
        SoapRefuser soapRefuser = new SoapRefuser();
        HttpServer server = new HttpServer(
                new InetSocketAddress(configuration.address(), configuration.port()),
                List.of(
                        new Route(HealthFront::takes, new Route.ToFront(health, true)),
                        new Route(
                                request -> request.rawPath().startsWith("/xenith/v1/"),
                                new Route.ToServlet(Optional.empty(), new ApiRefuser())),
                        new Route(WsdlFront::takes, new Route.ToFront(new WsdlFront(contract, soapRefuser), false)),
                        new Route(Ec2Soap::takes, new Route.ToServlet(Optional.of(Ec2Soap.PATH), soapRefuser)),
                        new Route(StsFront::takes, new Route.ToFront(sts, false)),
                        new Route(request -> true, new Route.ToFront(query, false))),
                Map.of(Ec2Soap.MOUNT, soap, OperatorsApi.MOUNT, api),
                HttpLimits.STANDARD);
        server.start();
        running.push(server);

        String url = "http://" + configuration.hostInUrl() + ":" + server.port() + "/";
        XenithRc.write(home.directory(), url, configuration.region(), operator);
        FirstImage firstImage = new FirstImage(home.path("images"), store, engine.inspection(), imageIds, clock);
        Housekeeping housekeeping = new Housekeeping();
        running.push(housekeeping);
        housekeeping.until(
                READY_PAUSE_MILLIS,
                new Readiness(() -> firstImage.register(operator.caller(), configuration), store, health));
        housekeeping.every(SWEEP_PAUSE_MILLIS, new UsedMessages(store, clock)::sweep);
        LOG.info("serving at {}", url);
        return server;
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
        return http.port();
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
