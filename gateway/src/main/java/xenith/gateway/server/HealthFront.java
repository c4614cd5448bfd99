package xenith.gateway.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;

/**
 * {@code GET /health/live}: 200 as long as the process answers. {@code GET /health}, or {@code /health/ready}: 200 once the cloud serves and its first image is registered, before that 503 with what is still
 * missing, and 503 while the database takes no changes. To anybody, since it tells nothing else. Thread-safe.
 */
final class HealthFront implements Front {
    private static final String LIVE = "/health/live";
    private static final Set<String> PATHS = Set.of("/health", "/health/ready", LIVE);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final AtomicReference<String> missing = new AtomicReference<>("the first image");

    static boolean takes(HttpRequest request) {
        return PATHS.contains(request.rawPath());
    }

    private final Supplier<Optional<String>> ailment;

    /** @param ailment why nothing can be changed just now; empty when it can */
    HealthFront(Supplier<Optional<String>> ailment) {
        this.ailment = ailment;
    }

    /** From now on the cloud is ready. */
    void ready() {
        missing.set("");
    }

    /** What went wrong on the way to being ready. */
    void notReady(String why) {
        missing.set(why);
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        if (request.rawPath().equals(LIVE)) {
            return json(OK, "{\"status\":\"live\"}");
        }
        String what = missing.get();
        if (!what.isEmpty()) {
            return json(UNAVAILABLE, "{\"status\":\"starting\",\"missing\":\"" + JsonText.escaped(what) + "\"}");
        }
        return ailment.get()
                .map(why -> json(UNAVAILABLE, "{\"status\":\"ailing\",\"database\":\"" + JsonText.escaped(why) + "\"}"))
                .orElseGet(() -> json(OK, "{\"status\":\"serving\"}"));
    }

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return json(UNAVAILABLE, "{\"status\":\"busy\"}");
    }

    private static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, HttpAnswer.JSON, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
