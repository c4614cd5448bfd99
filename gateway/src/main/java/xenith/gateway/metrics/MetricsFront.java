package xenith.gateway.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;

/** {@code GET /metrics} for Prometheus, with the token that {@link MetricsToken} asks for. Thread-safe. */
public final class MetricsFront implements Front {
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    private final InstanceSamples samples;
    private final GatewayMeters meters;
    private final MetricsToken token;

    public MetricsFront(InstanceSamples samples, GatewayMeters meters, MetricsToken token) {
        this.samples = samples;
        this.meters = meters;
        this.token = token;
    }

    public static boolean takes(HttpRequest request) {
        return request.rawPath().equals("/metrics");
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        if (!token.admits(request.field("Authorization").orElse(""))) {
            return text(401, "the metrics are for whoever shows the content of metrics-token as a bearer token\n");
        }
        return request.method().equals("GET")
                ? text(200, meters.scrape() + MetricsText.of(samples.newest()))
                : text(405, "the metrics are read with GET\n");
    }

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return text(503, "the gateway is busy\n");
    }

    private static HttpAnswer text(int status, String text) {
        return new HttpAnswer(status, PLAIN, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
