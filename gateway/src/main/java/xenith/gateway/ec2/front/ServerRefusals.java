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
                    case BUSY ->
                        new Ec2Error(Ec2ErrorCode.UNAVAILABLE, "The service has too much to do now. Try again later.");
                });
    }
}
