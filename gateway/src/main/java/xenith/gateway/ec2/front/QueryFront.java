package xenith.gateway.ec2.front;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import xenith.engine.model.Caller;
import xenith.gateway.ec2.actions.ActionEntry;
import xenith.gateway.ec2.codec.ApiVersion;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.codec.ErrorWriter;
import xenith.gateway.ec2.codec.Parameter;
import xenith.gateway.ec2.codec.Protocol;
import xenith.gateway.ec2.codec.QueryReader;
import xenith.gateway.ec2.codec.ResponseWriter;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.security.query.QueryAuthenticator;
import xenith.security.query.Verified;

/** EC2's Query protocol. */
public final class QueryFront implements Front {
    private static final String PROTOCOL = "query";

    private final QueryAuthenticator authenticator;
    private final Ec2Dispatch dispatch;
    private final StsFront sts;
    private final ActionObserver observer;
    private final QueryReader reader = new QueryReader();
    private final ResponseWriter writer = new ResponseWriter();
    private final ErrorWriter errors = new ErrorWriter();

    /**
     * Wires the front.
     *
     * @param authenticator for credentials scoped to {@code ec2}
     * @param observer hears of EC2's actions
     * @param sts answers what is the token service's, where a signature names no service
     */
    public QueryFront(QueryAuthenticator authenticator, Ec2Dispatch dispatch, StsFront sts, ActionObserver observer) {
        this.authenticator = authenticator;
        this.dispatch = dispatch;
        this.sts = sts;
        this.observer = observer;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        long begun = System.nanoTime();
        Verified verified;
        try {
            verified = authenticator.authenticate(SignedRequests.of(request));
        } catch (RuntimeException | StackOverflowError thrown) {
            return failed(request, Failure.of(thrown), ActionObserver.UNKNOWN, begun);
        }
        boolean isSts = StsFront.isFor(verified.parameters());
        try {
            if (isSts) {
                return sts.answer(request, verified);
            }
            HttpAnswer answer = answer(request, verified);
            observer.answered(PROTOCOL, name(verified), ActionObserver.DONE, System.nanoTime() - begun);
            return answer;
        } catch (RuntimeException | StackOverflowError thrown) {
            Failure failure = Failure.of(thrown);
            return isSts ? sts.failed(request, failure) : failed(request, failure, name(verified), begun);
        }
    }

    private HttpAnswer failed(HttpRequest request, Failure failure, String action, long begun) {
        observer.answered(PROTOCOL, action, failure.error().code().wireName(), System.nanoTime() - begun);
        return failed(request, failure);
    }

    private String name(Verified verified) {
        return dispatch.known(verified.parameters().get("Action"));
    }

    private HttpAnswer answer(HttpRequest http, Verified verified) {
        Caller caller = Callers.of(dispatch.state(), verified.identity());
        Map<String, String> parameters = verified.parameters();
        String name = parameters.get("Action");
        if (name == null || name.isEmpty()) {
            throw new Ec2Error(Ec2ErrorCode.MISSING_ACTION, "The request must contain the parameter Action");
        }
        ApiVersion version = Optional.ofNullable(parameters.get("Version"))
                .map(ApiVersion::new)
                .orElse(ApiVersion.CONTRACT);
        ActionEntry entry = dispatch.action(name);
        List<Parameter> read = parameters.entrySet().stream()
                .map(parameter -> new Parameter(parameter.getKey(), parameter.getValue()))
                .toList();
        Ec2Request request = reader.read(entry.shape(), read);
        Ec2Response response = dispatch.answer(entry, request, caller, http, Optional.empty());
        return new HttpAnswer(
                200,
                HttpAnswer.XML,
                AnswerBytes.bytes(
                        out -> writer.write(entry.shape(), response, http.id(), version, Protocol.QUERY, out)));
    }

    private HttpAnswer failed(HttpRequest request, Failure failure) {
        return new HttpAnswer(
                failure.httpStatus(),
                HttpAnswer.XML,
                AnswerBytes.bytes(out -> errors.writeQuery(failure.error(), request.id(), out)));
    }

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return failed(request, ServerRefusals.of(reason));
    }
}
