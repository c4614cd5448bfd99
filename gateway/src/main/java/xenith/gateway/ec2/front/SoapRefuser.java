package xenith.gateway.ec2.front;

import xenith.gateway.ec2.codec.ErrorWriter;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.gateway.http.Refuser;

/** The server's own refusals as SOAP faults. */
public final class SoapRefuser implements Refuser {
    private final ErrorWriter errors = new ErrorWriter();

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        Failure failure = ServerRefusals.of(reason);
        return new HttpAnswer(
                500,
                HttpAnswer.XML,
                AnswerBytes.bytes(out -> errors.writeSoapFault(failure.error(), request.id(), out)));
    }
}
