package xenith.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import xenith.engine.model.AccountId;
import xenith.engine.model.Caller;
import xenith.engine.model.User;
import xenith.engine.model.UserId;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.store.Store;
import xenith.engine.tables.Users;
import xenith.security.Identity;
import xenith.security.Refusal;
import xenith.security.RefusedException;
import xenith.security.query.ApiAuthenticator;
import xenith.security.query.HeaderField;
import xenith.security.query.SignedRequest;

/** Lets no request through but those that are signed by a user, with a body that is bounded. Thread-safe. */
@PreMatching
final class Authentication implements ContainerRequestFilter, ContainerResponseFilter {
    /** A certificate with its chain is the largest thing that is sent; the longest of those has 64 KiB. */
    static final int MAX_BODY_BYTES = 128 * 1024;

    /** The description of the interface is for everybody who can reach it. */
    private static final String PUBLIC_PATH = "/" + OpenApiResource.PATH;

    private final ApiAuthenticator authenticator;
    private final Store store;

    Authentication(ApiAuthenticator authenticator, Store store) {
        this.authenticator = authenticator;
        this.store = store;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        Exchange exchange = Exchange.current();
        HttpServletRequest request = exchange.request();
        String path = request.getRequestURI();
        checkPath(path);
        if (request.getMethod().equals("GET") && path.endsWith(PUBLIC_PATH)) {
            return;
        }
        byte[] body = readBounded(context.getEntityStream());
        Identity identity = authenticator
                .authenticate(
                        new SignedRequest(request.getMethod(), path, request.getQueryString(), headers(request), body))
                .identity();
        exchange.authenticated(caller(identity));
        context.setEntityStream(new ByteArrayInputStream(body));
        if (body.length == 0) {
            // No body is the empty object, for which a client declares no type.
            context.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    @Override
    public void filter(ContainerRequestContext context, ContainerResponseContext answer) {
        answer.getHeaders().putSingle("x-request-id", Exchange.current().requestId());
        answer.getHeaders().putSingle("Cache-Control", "no-store");
    }

    /** A signature covers the path without dot segments and doubled slashes, so a path with such names two things. */
    private static void checkPath(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean ambiguous = lower.contains("//")
                || lower.contains("/./")
                || lower.contains("/../")
                || lower.endsWith("/.")
                || lower.endsWith("/..")
                || lower.contains(";")
                || lower.contains("%2f")
                || lower.contains("%2e");
        if (ambiguous) {
            throw new ApiException(
                    Problem.MALFORMED_PATH, "the path has an empty or dot segment, a ';', or an encoded '/' or '.'");
        }
    }

    private static byte[] readBounded(InputStream stream) throws IOException {
        byte[] body = stream == null ? new byte[0] : stream.readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, "the body has more than " + MAX_BODY_BYTES + " bytes");
        }
        return body;
    }

    private static List<HeaderField> headers(HttpServletRequest request) {
        List<HeaderField> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(new HeaderField(name, value));
            }
        }
        return fields;
    }

    private Caller caller(Identity identity) {
        Optional<User> user = store.state().find(Users.TABLE, new UserId(Long.parseLong(identity.userId())));
        if (user.isEmpty()) {
            throw new RefusedException(Refusal.UNKNOWN_ACCESS_KEY, "Its user is gone.");
        }
        if (!user.get().enabled()) {
            throw new EngineException(
                    ErrorCode.NOT_ALLOWED, "user " + user.get().name() + " is disabled");
        }
        return new Caller(
                new AccountId(identity.accountId()), user.get().id(), user.get().role());
    }
}
