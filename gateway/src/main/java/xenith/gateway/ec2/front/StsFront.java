package xenith.gateway.ec2.front;

import java.util.Comparator;
import java.util.Map;
import xenith.engine.model.Caller;
import xenith.engine.store.Store;
import xenith.gateway.ec2.actions.StsActions;
import xenith.gateway.ec2.actions.StsActions.CallerIdentity;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.ec2.codec.QueryReader;
import xenith.gateway.ec2.codec.StsWriter;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.security.query.QueryAuthenticator;
import xenith.security.query.Verified;

/** The token service's part of the Query protocol. */
public final class StsFront implements Front {
    private static final String ACTION = "GetCallerIdentity";
    private static final String VERSION = "2011-06-15";

    private final QueryAuthenticator authenticator;
    private final Store store;
    private final StsActions actions = new StsActions();
    private final StsWriter writer = new StsWriter();

    /** @param authenticator for credentials scoped to {@code sts} */
    public StsFront(QueryAuthenticator authenticator, Store store) {
        this.authenticator = authenticator;
        this.store = store;
    }

    /** Whether the request claims to be signed for the token service. What it claims is verified later. */
    public static boolean takes(HttpRequest request) {
        String marks = request.field("Authorization").orElse("") + request.rawQuery();
        return marks.contains("/sts/aws4_request") || marks.contains("%2Fsts%2Faws4_request");
    }

    /** Whether the request, signed in a way that names no service, is for the token service. */
    static boolean isFor(Map<String, String> parameters) {
        return VERSION.equals(parameters.get("Version"));
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        try {
            return answer(request, authenticator.authenticate(SignedRequests.of(request)));
        } catch (RuntimeException | StackOverflowError thrown) {
            return failed(request, Failure.of(thrown));
        }
    }

    HttpAnswer answer(HttpRequest request, Verified verified) {
        String action = verified.parameters().getOrDefault("Action", "");
        if (!action.equals(ACTION)) {
            Ec2ErrorCode code = action.isEmpty() ? Ec2ErrorCode.MISSING_ACTION : Ec2ErrorCode.INVALID_ACTION;
            throw new Ec2Error(code, "The token service has the action " + ACTION + " only");
        }
        check(verified.parameters());
        Caller caller = Callers.of(store.state(), verified.identity());
        CallerIdentity who = actions.getCallerIdentity(store.state(), caller);
        return new HttpAnswer(
                200,
                HttpAnswer.XML,
                AnswerBytes.bytes(
                        out -> writer.writeCallerIdentity(who.arn(), who.userId(), who.account(), request.id(), out)));
    }

    /** The action takes no parameters of its own. */
    private static void check(Map<String, String> parameters) {
        if (!parameters.getOrDefault("Version", VERSION).equals(VERSION)) {
            throw new Ec2Error(
                    Ec2ErrorCode.INVALID_ACTION, "The token service has " + ACTION + " in its version " + VERSION);
        }
        parameters.keySet().stream()
                .filter(name -> !QueryReader.isProtocolParameter(name))
                .min(Comparator.naturalOrder())
                .ifPresent(name -> {
                    throw Ec2Error.unknownParameter(name);
                });
    }

    HttpAnswer failed(HttpRequest request, Failure failure) {
        return new HttpAnswer(
                failure.httpStatus(),
                HttpAnswer.XML,
                AnswerBytes.bytes(out -> writer.writeError(failure.error(), request.id(), out)));
    }

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return failed(request, ServerRefusals.of(reason));
    }
}
