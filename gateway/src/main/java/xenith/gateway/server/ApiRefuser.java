package xenith.gateway.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.gateway.http.Refuser;

/** The server's own refusals in the form of the operators' API. */
final class ApiRefuser implements Refuser {
    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return switch (reason) {
            case BODY_TOO_LARGE -> answer(413, "BodyTooLarge", "the request's body is too large", request);
            case BUSY -> answer(503, "Unavailable", "the gateway is busy; try again later", request);
        };
    }

    private static HttpAnswer answer(int status, String code, String message, HttpRequest request) {
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"requestId\":\""
                + request.id() + "\"}}";
        return new HttpAnswer(status, HttpAnswer.JSON, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
