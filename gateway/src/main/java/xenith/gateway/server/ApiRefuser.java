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
            case HEAD_TOO_LARGE -> answer(431, "BadRequest", "the request's header is too large", request);
            case MALFORMED -> answer(400, "BadRequest", "the request cannot be read", request);
            case UNSUPPORTED_PROTOCOL -> answer(505, "BadRequest", "the version of HTTP is not supported", request);
            case NOT_FOUND -> answer(404, "NoSuchResource", "there is nothing at this path", request);
            case DEFECT -> answer(500, "InternalFailure", "the service failed", request);
            case BUSY -> answer(503, "Unavailable", "the gateway is busy; try again later", request);
        };
    }

    private static HttpAnswer answer(int status, String code, String message, HttpRequest request) {
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"requestId\":\""
                + request.id() + "\"}}";
        return new HttpAnswer(status, HttpAnswer.JSON, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
