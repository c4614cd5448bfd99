package xenith.gateway.ec2.front;

import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.http.Refuser;

/** What the server's own refusals are called in EC2. */
final class ServerRefusals {
    private ServerRefusals() {}

    static Failure of(Refuser.Reason reason) {
        return Failure.of(
                switch (reason) {
                    case BODY_TOO_LARGE ->
                        new Ec2Error(Ec2ErrorCode.REQUEST_ENTITY_TOO_LARGE, "The request is too large.");
                    case HEAD_TOO_LARGE ->
                        new Ec2Error(Ec2ErrorCode.REQUEST_ENTITY_TOO_LARGE, "The request's header is too large.");
                    case MALFORMED, NOT_FOUND ->
                        new Ec2Error(Ec2ErrorCode.MALFORMED_QUERY_STRING, "The HTTP request is malformed.");
                    case UNSUPPORTED_PROTOCOL ->
                        new Ec2Error(Ec2ErrorCode.UNSUPPORTED_PROTOCOL, "The version of HTTP is not supported.");
                    case DEFECT -> new Ec2Error(Ec2ErrorCode.INTERNAL_ERROR, "An internal error has occurred.");
                    case BUSY ->
                        new Ec2Error(Ec2ErrorCode.UNAVAILABLE, "The service has too much to do now. Try again later.");
                });
    }
}
