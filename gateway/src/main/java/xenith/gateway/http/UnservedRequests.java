package xenith.gateway.http;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what no front answers, such as a malformed request line: with Jetty's status, a request id, and the words of the
 * refuser of its route, which for a request that has none is the last route's. Nothing of our insides is told.
 */
final class UnservedRequests extends ErrorHandler {
    private final List<Route> routes;

    UnservedRequests(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpRequest head = request.getAttribute(HttpRequest.ATTRIBUTE) instanceof HttpRequest known
                ? known
                : unreadable(request.getMethod());
        HttpAnswer answer = refuser(head).refuse(head, reason(response.getStatus()));
        response.getHeaders().put(HttpRequest.ID_HEADER, head.id());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.write(true, answer.body(), callback);
        return true;
    }

    private Refuser refuser(HttpRequest head) {
        return routes.stream()
                .filter(route -> route.takes().test(head))
                .findFirst()
                .orElse(routes.get(routes.size() - 1))
                .target()
                .refuser();
    }

    private static Refuser.Reason reason(int status) {
        return switch (status) {
            case 404 -> Refuser.Reason.NOT_FOUND;
            case 413 -> Refuser.Reason.BODY_TOO_LARGE;
            case 414, 431 -> Refuser.Reason.HEAD_TOO_LARGE;
            case 503 -> Refuser.Reason.BUSY;
            case 505 -> Refuser.Reason.UNSUPPORTED_PROTOCOL;
            default -> status < 500 ? Refuser.Reason.MALFORMED : Refuser.Reason.DEFECT;
        };
    }

    /** What can be said of a request whose head could not be read. */
    private static HttpRequest unreadable(String method) {
        return new HttpRequest(
                UUID.randomUUID().toString(),
                URI.create("/"),
                method == null ? "" : method,
                "/",
                "",
                List.of(),
                new byte[0]);
    }
}
