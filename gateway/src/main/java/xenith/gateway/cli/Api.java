package xenith.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xenith.security.query.HeaderField;
import xenith.security.query.SigV4Signer;

/** Requests to the operators' interface, signed. */
final class Api {
    private static final String ROOT = "/xenith/v1";
    private static final String SERVICE = "xenith";
    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than the longest deadline of a shutdown. */
    private static final int ANSWER_MILLIS = 660_000;

    private final Settings.Source source;

    /** An answer's body, and where the next page begins if there is one. */
    private record Answer(Object body, Optional<String> nextAfter) {}

    /** @param source asked when there is something to send, so that commands that send nothing need no cloud */
    Api(Settings.Source source) {
        this.source = source;
        // The JDK would send a POST once more, unasked, when a connection breaks.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    Settings settings() throws CommandException {
        return source.read();
    }

    /** A path of fixed and given segments, each encoded. */
    static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** @throws CommandException if the service refuses or cannot be reached */
    Object get(String path) throws CommandException {
        return send("GET", path, Optional.empty()).body();
    }

    /** All pages of a list, joined. */
    List<Object> pages(String path) throws CommandException {
        List<Object> all = new ArrayList<>();
        Optional<String> after = Optional.of("0");
        while (after.isPresent()) {
            String separator = path.contains("?") ? "&" : "?";
            Answer page = send("GET", path + separator + "after=" + after.get(), Optional.empty());
            all.addAll((List<?>) page.body());
            after = page.nextAfter();
        }
        return all;
    }

    /** @throws CommandException if the service refuses or cannot be reached */
    Object post(String path, Map<String, ?> body) throws CommandException {
        return send("POST", path, Optional.of(Json.compact(body))).body();
    }

    /** @throws CommandException if the service refuses or cannot be reached */
    void delete(String path) throws CommandException {
        send("DELETE", path, Optional.empty());
    }

    private Answer send(String method, String path, Optional<byte[]> body) throws CommandException {
        Settings settings = settings();
        URI uri = URI.create(settings.endpoint() + ROOT + path);
        SigV4Signer signer = new SigV4Signer(
                settings.accessKeyId(), settings.secret(), settings.region(), SERVICE, Clock.systemUTC());
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod(method);
            List<HeaderField> sent =
                    body.isPresent() ? List.of(new HeaderField("Content-Type", "application/json")) : List.of();
            sent.forEach(field -> connection.setRequestProperty(field.name(), field.value()));
            signer.sign(method, uri, sent, body.orElse(new byte[0]))
                    .forEach(field -> connection.setRequestProperty(field.name(), field.value()));
            if (body.isPresent()) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.get());
            }
            return answer(connection);
        } catch (IOException failed) {
            throw new CommandException(
                    ExitStatus.NOT_REACHABLE,
                    "the cloud at " + settings.endpoint() + " cannot be reached: " + failed.getMessage());
        }
    }

    private static Answer answer(HttpURLConnection connection) throws IOException, CommandException {
        int status = connection.getResponseCode();
        byte[] body = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        if (status >= 200 && status < 300) {
            return new Answer(
                    body.length == 0 ? null : Json.read(body),
                    Optional.ofNullable(connection.getHeaderField("x-next-after")));
        }
        throw new CommandException(ExitStatus.REFUSED, refusal(status, body));
    }

    private static byte[] read(InputStream stream) throws IOException {
        return stream == null ? new byte[0] : stream.readAllBytes();
    }

    private static String refusal(int status, byte[] body) {
        try {
            if (Json.read(body) instanceof Map<?, ?> answer && answer.get("error") instanceof Map<?, ?> error) {
                return error.get("code") + ": " + error.get("message") + " (request " + error.get("requestId") + ")";
            }
        } catch (IOException notJson) {
            // Another server's answer, or one from before the request was understood.
        }
        return "the service answered with HTTP status " + status;
    }
}
