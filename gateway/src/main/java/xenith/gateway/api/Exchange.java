package xenith.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import xenith.engine.model.Caller;

/** What is known of the request that this thread serves. Kept with the servlet request. */
final class Exchange {
    private static final String REQUEST_ID = "xenith.requestId";
    private static final String CALLER = "xenith.api.caller";
    private static final String STOPS = "xenith.api.stops";

    private final HttpServletRequest request;

    private Exchange(HttpServletRequest request) {
        this.request = request;
    }

    static Exchange current() {
        return of(JAXRSUtils.getCurrentMessage());
    }

    static Exchange of(Message message) {
        Message received = message.getExchange().getInMessage();
        return of((HttpServletRequest) received.get(AbstractHTTPDestination.HTTP_REQUEST));
    }

    static Exchange of(HttpServletRequest request) {
        return new Exchange(request);
    }

    HttpServletRequest request() {
        return request;
    }

    /** The id that the server gave the request; one of our own if it gave none. */
    String requestId() {
        if (request.getAttribute(REQUEST_ID) instanceof String given) {
            return given;
        }
        String made = UUID.randomUUID().toString();
        request.setAttribute(REQUEST_ID, made);
        return made;
    }

    void authenticated(Caller caller) {
        request.setAttribute(CALLER, caller);
    }

    Optional<Caller> caller() {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    /** Has the gateway stop itself once the answer is written. */
    void stopAfterwards() {
        request.setAttribute(STOPS, true);
    }

    boolean stops() {
        return request.getAttribute(STOPS) != null;
    }
}
