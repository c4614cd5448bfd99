package xenith.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import xenith.engine.CloudHarness;
import xenith.engine.FakeHosts;
import xenith.engine.model.Account;
import xenith.engine.model.ImageId;
import xenith.engine.model.Role;
import xenith.engine.model.User;
import xenith.engine.service.Directory;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;
import xenith.engine.tables.Users;
import xenith.security.AccessKeys;
import xenith.security.NewAccessKey;
import xenith.security.SecretBox;
import xenith.security.query.ApiAuthenticator;
import xenith.security.query.HeaderField;
import xenith.security.query.SigV4Signer;
import xenith.security.query.SigningScope;
import xenith.security.x509.CertificateAuthority;

/**
 * The interface over HTTP on a whole engine with fake hosts. There are an operator, {@code admin} of account {@code
 * main}, and two members: {@code mia} of account {@code main} and {@code otto} of account {@code other}.
 */
public final class ApiHarness implements AutoCloseable {
    public static final String REGION = "xenith";
    private static final String SERVICE = "xenith";
    /** Shorter than what some requests take, so that a server that cuts them off is noticed. */
    private static final long IDLE_MILLIS = 1000;

    public final CloudHarness cloud;
    public final CountDownLatch stopped = new CountDownLatch(1);
    private final RememberedCredentials credentials = new RememberedCredentials();
    private final Map<String, NewAccessKey> keysByUser = new ConcurrentHashMap<>();
    private final AccessKeys accessKeys;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    /** What came back. */
    public record Answer(int status, JsonNode json, HttpResponse<byte[]> http) {
        public String code() {
            return json.path("error").path("code").asText();
        }

        public String message() {
            return json.path("error").path("message").asText();
        }
    }

    public ApiHarness(Path home) throws Exception {
        cloud = new CloudHarness(home);
        accessKeys = new AccessKeys(SecretBox.open(home.resolve("secrets.key"), false));
        var scope = new SigningScope(Set.of(REGION), Set.of(SERVICE, "ec2"));
        var servlet = OperatorsApi.servlet(
                cloud.store,
                cloud.engine(),
                new OperatorsApi.Credentials(
                        new ApiAuthenticator(credentials, accessKeys, scope, Clock.systemUTC()),
                        credentials,
                        accessKeys,
                        CertificateAuthority.openOrCreate(home.resolve("ca"), "Test CA", Clock.systemUTC())),
                new NumberedImages(),
                new ApiSettings(
                        Set.of(FakeHosts.NAME),
                        FakeHosts.NAME,
                        "zone-a",
                        host -> host.name().startsWith("private"),
                        () -> List.of(new ApiSettings.Transfer("one", "base.img", 5, 10)),
                        () -> Path.of("/copy"),
                        stopped::countDown),
                Clock.systemUTC());
        addUsers();
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(servlet), OperatorsApi.MOUNT);
        server.setHandler(context);
        server.start();
    }

    /** Image 7 is {@code ami-00000007}. */
    private static final class NumberedImages implements ExternalIds {
        @Override
        public Optional<String> of(Snapshot state, ImageId image) {
            return Optional.of(String.format(java.util.Locale.ROOT, "ami-%08x", image.value()));
        }

        @Override
        public Optional<ImageId> image(Snapshot state, String externalId) {
            return externalId.matches("ami-[0-9a-f]{8}")
                    ? Optional.of(new ImageId(Long.parseLong(externalId.substring(4), 16)))
                    : Optional.empty();
        }

        @Override
        public void registered(Transaction tx, ImageId image) {}
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    public NewAccessKey keyOf(String user) {
        return keysByUser.get(user);
    }

    public User user(String name) {
        return cloud.store
                .state()
                .by(Users.BY_NAME, Users.TABLE, name)
                .findFirst()
                .orElseThrow();
    }

    public Answer get(String user, String path) {
        return call(user, "GET", path, "");
    }

    public Answer post(String user, String path, String body) {
        return call(user, "POST", path, body);
    }

    public Answer delete(String user, String path) {
        return call(user, "DELETE", path, "");
    }

    public Answer call(String user, String method, String path, String body) {
        return send(signed(keysByUser.get(user), method, path, body.getBytes(UTF_8)));
    }

    /** A request as the user's client would send it. */
    public HttpRequest signed(NewAccessKey key, String method, String path, byte[] body) {
        return signed(key, method, path, "application/json", body);
    }

    public HttpRequest signedAs(NewAccessKey key, String method, String path, String type, String body) {
        return signed(key, method, path, type, body.getBytes(UTF_8));
    }

    private HttpRequest signed(NewAccessKey key, String method, String path, String type, byte[] body) {
        URI uri = endpoint().resolve(path);
        SigV4Signer signer = new SigV4Signer(key.stored().id(), key.secret(), REGION, SERVICE, Clock.systemUTC());
        List<HeaderField> sent = body.length == 0 ? List.of() : List.of(new HeaderField("Content-Type", type));
        HttpRequest.Builder request = request(method, path, body);
        sent.forEach(field -> request.header(field.name(), field.value()));
        signer.sign(method, uri, sent, body).forEach(field -> request.header(field.name(), field.value()));
        return request.build();
    }

    /** The same, not signed. */
    public HttpRequest.Builder request(String method, String path, byte[] body) {
        return HttpRequest.newBuilder(endpoint().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> http = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            boolean isJson = http.headers()
                    .firstValue("content-type")
                    .filter("application/json"::equals)
                    .isPresent();
            JsonNode json = isJson ? mapper.readTree(http.body()) : MissingNode.getInstance();
            return new Answer(http.statusCode(), json, http);
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        cloud.close();
    }

    private void addUsers() {
        Directory directory = new Directory(new Random(2));
        cloud.store.write(tx -> {
            Account other = directory.createAccount(tx, "other", 10);
            directory.createUser(tx, cloud.operator.account(), "mia", Role.MEMBER);
            directory.createUser(tx, other.id(), "otto", Role.MEMBER);
            return null;
        });
        for (String name : List.of("admin", "mia", "otto")) {
            User user = user(name);
            NewAccessKey key =
                    accessKeys.create(user.account().value(), user.id().toString());
            credentials.put(key.stored());
            keysByUser.put(name, key);
        }
    }
}
