package xenith.gateway.ec2.front;

import xenith.gateway.http.HttpRequest;
import xenith.security.query.HeaderField;
import xenith.security.query.SignedRequest;

/** Requests as security wants to see them. */
final class SignedRequests {
    private SignedRequests() {}

    static SignedRequest of(HttpRequest request) {
        return new SignedRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                request.fields().stream()
                        .map(field -> new HeaderField(field.name(), field.value()))
                        .toList(),
                request.body());
    }
}
