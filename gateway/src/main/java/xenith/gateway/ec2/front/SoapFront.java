package xenith.gateway.ec2.front;

import com.ctc.wstx.stax.WstxInputFactory;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.Source;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.staxutils.StaxSource;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import xenith.engine.model.Caller;
import xenith.gateway.ec2.actions.ActionEntry;
import xenith.gateway.ec2.codec.ApiVersion;
import xenith.gateway.ec2.codec.Protocol;
import xenith.gateway.ec2.codec.ResponseWriter;
import xenith.gateway.ec2.codec.SoapReader;
import xenith.gateway.http.HttpRequest;
import xenith.security.soap.ReplayGuard;
import xenith.security.soap.VerifiedMessage;

/** EC2's SOAP protocol, behind {@link SoapGuard}: acts on the element that was verified, and on nothing else. */
@WebServiceProvider
@ServiceMode(Service.Mode.PAYLOAD)
public final class SoapFront implements Provider<Source> {
    private static final String PROTOCOL = "soap";

    private final ReplayGuard replays;
    private final Ec2Dispatch dispatch;
    private final ActionObserver observer;
    private final SoapReader reader = new SoapReader();
    private final ResponseWriter writer = new ResponseWriter();

    /** For answers of our own making, so without limits. */
    private final WstxInputFactory answers = new WstxInputFactory();

    public SoapFront(ReplayGuard replays, Ec2Dispatch dispatch, ActionObserver observer) {
        this.replays = replays;
        this.observer = observer;
        this.dispatch = dispatch;
    }

    @Override
    public Source invoke(Source ignored) {
        Exchange exchange = PhaseInterceptorChain.getCurrentMessage().getExchange();
        HttpRequest http = SoapExchange.request(exchange.getInMessage());
        VerifiedMessage message = exchange.get(VerifiedMessage.class);
        String action = dispatch.known(message.operation().getLocalName());
        long begun = System.nanoTime();
        try {
            Source answer = answer(http, message);
            observer.answered(PROTOCOL, action, ActionObserver.DONE, System.nanoTime() - begun);
            return answer;
        } catch (RuntimeException | StackOverflowError thrown) {
            Failure failure = Failure.of(thrown);
            observer.answered(PROTOCOL, action, failure.error().code().wireName(), System.nanoTime() - begun);
            throw SoapExchange.fault(failure, http);
        }
    }

    private Source answer(HttpRequest http, VerifiedMessage message) {
        Caller caller = Callers.of(dispatch.state(), message.identity());
        Element operation = message.operation();
        ActionEntry entry = dispatch.action(operation.getLocalName());
        Ec2Request request = reader.read(entry.shape(), operation);
        replays.check(message, entry.writes());
        Ec2Response response = dispatch.answer(entry, request, caller, http, Optional.of(message));
        ApiVersion version = ApiVersion.ofNamespace(operation.getNamespaceURI());
        byte[] answer =
                AnswerBytes.array(out -> writer.write(entry.shape(), response, http.id(), version, Protocol.SOAP, out));
        try {
            return new StaxSource(answers.createXMLStreamReader(new ByteArrayInputStream(answer)));
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("our own answer cannot be read", impossible);
        }
    }
}
