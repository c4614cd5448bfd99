package xenith.gateway.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.service.EngineException;
import xenith.engine.store.OutcomeUnknownException;
import xenith.engine.store.StoreUnavailableException;
import xenith.security.RefusedException;

/** Answers whatever was thrown; what nobody foresaw is logged and tells its caller the request's id only. */
final class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    /** Causes may be each other's. */
    private static final int MAX_CAUSES = 16;

    /** The JSON of a refusal. */
    record ErrorBody(Details error) {
        record Details(String code, String message, String requestId) {}
    }

    @Override
    public Response toResponse(Throwable thrown) {
        Failure failure = failure(thrown);
        var error = new ErrorBody.Details(
                failure.code(), failure.message(), Exchange.current().requestId());
        return Response.status(failure.httpStatus())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(error))
                .build();
    }

    private static Failure failure(Throwable thrown) {
        if (thrown instanceof EngineException refused) {
            return Failure.of(refused);
        }
        if (thrown instanceof RefusedException refused) {
            return Failure.of(refused);
        }
        if (thrown instanceof ApiException refused) {
            return Failure.of(refused);
        }
        if (thrown instanceof OutcomeUnknownException unknown) {
            LOG.warn("a change is in doubt", unknown);
            return Failure.of(Problem.UNAVAILABLE, unknown.getMessage());
        }
        if (thrown instanceof StoreUnavailableException) {
            LOG.warn("the store is not available", thrown);
            return Failure.of(Problem.UNAVAILABLE, "the database does not answer; nothing was changed, try again");
        }
        if (thrown instanceof WebApplicationException refused) {
            return failureOfStatus(refused.getResponse().getStatus(), thrown);
        }
        if (hasHungUp(thrown)) {
            // Any client may, as often as it likes, and nobody reads the answer.
            LOG.debug("the client of request {} has hung up", Exchange.current().requestId());
            return Failure.of(Problem.UNAVAILABLE, "the client has hung up");
        }
        return unforeseen(thrown);
    }

    private static boolean hasHungUp(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(EOFException.class::isInstance);
    }

    private static final Map<Integer, Failure> BY_STATUS = Map.of(
            400, Failure.of(Problem.BAD_REQUEST, "the request cannot be read"),
            404, Failure.of(Problem.NO_SUCH_RESOURCE, "there is nothing at this path; see /xenith/v1/openapi.json"),
            405, Failure.of(Problem.METHOD_NOT_ALLOWED, "the path does not take this method"),
            406, Failure.of(Problem.NOT_ACCEPTABLE, "answers are application/json"),
            415, Failure.of(Problem.UNSUPPORTED_MEDIA_TYPE, "the body must be of the type application/json"));

    private static Failure failureOfStatus(int status, Throwable thrown) {
        Failure known = BY_STATUS.get(status);
        return known == null ? unforeseen(thrown) : known;
    }

    private static Failure unforeseen(Throwable thrown) {
        LOG.error("request {} failed", Exchange.current().requestId(), thrown);
        return Failure.of(Problem.INTERNAL_FAILURE, "the service failed; its log has more under this request's id");
    }
}
