package xenith.gateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** A whole gateway, with one simulated host unless it is said otherwise, on a port that was free, and what its user's shell would know. */
final class GatewayHarness implements AutoCloseable {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final Pattern EXPORT = Pattern.compile("export ([A-Z0-9_]+)='([^']*)'");

    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;

    GatewayHarness(Path directory) throws Exception {
        this(directory, "driver = sim\n");
    }

    /** One of other settings. */
    GatewayHarness(Path directory, String settings) throws Exception {
        this.directory = directory;
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("xenith.conf"), settings + "gateway.port = " + freePort() + "\n");
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    void start() throws Exception {
        Home home = Home.open(directory);
        gateway = Gateway.start(home, Configuration.read(home.path("xenith.conf")), () -> {});
        await(() -> get("/health").statusCode() == 200);
    }

    void restart() throws Exception {
        gateway.close();
        start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<String> post(String contentType, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/services/Cloud"))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        headers.forEach(request::header);
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What {@code xenithrc} exports under that name. */
    String exported(String name) {
        try {
            Matcher lines = EXPORT.matcher(Files.readString(directory.resolve("xenithrc"), UTF_8));
            while (lines.find()) {
                if (lines.group(1).equals(name)) {
                    return lines.group(2);
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        throw new IllegalStateException("xenithrc does not export " + name);
    }

    Ec2Client client() {
        return client(exported("AWS_SECRET_ACCESS_KEY"));
    }

    Ec2Client client(String secret) {
        return Ec2Client.builder()
                .endpointOverride(URI.create(exported("AWS_ENDPOINT_URL")))
                .region(Region.of(exported("AWS_DEFAULT_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(exported("AWS_ACCESS_KEY_ID"), secret)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for a condition").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
