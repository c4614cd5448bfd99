package xenith.gateway.http;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Through which every request comes: it gets its id, its route by its header alone, and is gathered whole; then a worker
 * answers it, or the servlets behind this handler do.
 */
final class FrontDoor extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final String MDC_KEY = "request";

    private final List<Route> routes;
    private final Workers workers;
    private final HttpLimits limits;

    /** @param routes the first that takes a request gets it; the last takes all */
    FrontDoor(List<Route> routes, Handler servlets, Workers workers, HttpLimits limits) {
        super(servlets);
        this.routes = List.copyOf(routes);
        this.workers = workers;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpRequest head = head(request);
        request.setAttribute(HttpRequest.ATTRIBUTE, head);
        response.getHeaders().put(HttpRequest.ID_HEADER, head.id());
        Route.Target target = routes.stream()
                .filter(route -> route.takes().test(head))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no route takes " + head))
                .target();
        BodyGathering.start(request, limits.bodyBytes(), limits.bodyMillis(), new BodyGathering.Outcome() {
            @Override
            public void gathered(byte[] body) {
                pass(head.withBody(body), target, request, response, callback);
            }

            @Override
            public void tooLarge() {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                send(target.refuser().refuse(head, Refuser.Reason.BODY_TOO_LARGE), response, callback);
            }

            @Override
            public void failed(Throwable cause) {
                // Of a kind that Jetty does not log: any client can bring it about as often as it likes.
                callback.failed(new EofException(cause));
            }
        });
        return true;
    }

    private void pass(HttpRequest whole, Route.Target target, Request request, Response response, Callback callback) {
        if (target instanceof Route.ToFront front && front.atOnce()) {
            send(front.front().answer(whole), response, callback);
            return;
        }
        try {
            workers.execute(() -> answer(whole, target, request, response, callback));
        } catch (RejectedExecutionException full) {
            send(target.refuser().refuse(whole, Refuser.Reason.BUSY), response, callback);
        }
    }

    private void answer(HttpRequest whole, Route.Target target, Request request, Response response, Callback callback) {
        MDC.put(MDC_KEY, whole.id());
        try {
            if (target instanceof Route.ToFront front) {
                send(front.front().answer(whole), response, callback);
            } else if (target instanceof Route.ToServlet servlet) {
                serve(servlet, whole, request, response, callback);
            }
        } catch (Exception | StackOverflowError defect) {
            LOG.error("a request was not answered", defect);
            Response.writeError(request, response, callback, 500);
        } finally {
            MDC.remove(MDC_KEY);
        }
    }

    private void serve(
            Route.ToServlet servlet, HttpRequest whole, Request request, Response response, Callback callback)
            throws Exception {
        Request gathered = new GatheredRequest(request, whole.body());
        gathered.setAttribute(HttpRequest.ATTRIBUTE, whole);
        gathered.setAttribute(HttpRequest.ID_ATTRIBUTE, whole.id());
        Request seen = servlet.path()
                .map(path -> Request.serveAs(
                        gathered, HttpURI.build(request.getHttpURI()).path(path).asImmutable()))
                .orElse(gathered);
        if (!super.handle(seen, response, callback)) {
            Response.writeError(seen, response, callback, 404);
        }
    }

    private static void send(HttpAnswer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
        response.write(true, answer.body(), callback);
    }

    private static HttpRequest head(Request request) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        return new HttpRequest(
                UUID.randomUUID().toString(),
                endpoint(request),
                request.getMethod(),
                path == null || path.isEmpty() ? "/" : path,
                uri.getQuery() == null ? "" : uri.getQuery(),
                request.getHeaders().stream().map(FrontDoor::field).toList(),
                new byte[0]);
    }

    private static HttpRequest.Field field(HttpField field) {
        return new HttpRequest.Field(field.getName(), field.getValue() == null ? "" : field.getValue());
    }

    /** The Host field is the client's word; nothing is decided by it. */
    private static URI endpoint(Request request) {
        String scheme = request.getHttpURI().getScheme();
        return URI.create(scheme + "://" + Request.getServerName(request) + ":" + Request.getServerPort(request) + "/");
    }
}
