package xenith.gateway.ec2.front;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xenith.engine.service.EngineException;
import xenith.engine.store.OutcomeUnknownException;
import xenith.engine.store.StoreUnavailableException;
import xenith.gateway.ec2.actions.EngineRefusals;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.security.RefusedException;

/**
 * What a request that failed is answered.
 *
 * @param httpStatus of a Query answer; SOAP faults always have 500
 */
record Failure(Ec2Error error, int httpStatus) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private static final Map<String, Ec2ErrorCode> BY_NAME =
            Stream.of(Ec2ErrorCode.values()).collect(Collectors.toMap(Ec2ErrorCode::wireName, Function.identity()));

    static Failure of(Ec2Error error) {
        if (error.code().isClientFault()) {
            // Without the message, which quotes what a stranger has sent.
            LOG.info("refused with {}", error.code().wireName());
        } else {
            LOG.info("refused with {}: {}", error.code().wireName(), error.getMessage());
        }
        return new Failure(error, error.httpStatus());
    }

    /** Anything that was thrown; what nobody expects is logged, and the client is told no more than that it happened. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof Ec2Error error) {
            return of(error);
        }
        if (thrown instanceof RefusedException refused) {
            LOG.info("refused for {}", refused.refusal());
            Ec2Error error = new Ec2Error(codeOf(refused), refused.getMessage(), refused);
            return new Failure(error, refused.refusal().httpStatus());
        }
        if (thrown instanceof EngineException refused) {
            return of(EngineRefusals.translated(refused));
        }
        if (thrown instanceof OutcomeUnknownException unknown) {
            LOG.warn("a change is in doubt", unknown);
            return of(new Ec2Error(
                    Ec2ErrorCode.UNAVAILABLE,
                    "The service is unavailable, and whether the request was carried out is not known."));
        }
        if (thrown instanceof StoreUnavailableException unavailable) {
            LOG.warn("the store did not take a change", unavailable);
            return of(new Ec2Error(Ec2ErrorCode.UNAVAILABLE, "The service is unavailable. Try again later."));
        }
        LOG.error("a request failed unexpectedly", thrown);
        return of(new Ec2Error(Ec2ErrorCode.INTERNAL_ERROR, "An internal error has occurred."));
    }

    private static Ec2ErrorCode codeOf(RefusedException refused) {
        Ec2ErrorCode code = BY_NAME.get(refused.refusal().code());
        if (code == null) {
            throw new IllegalStateException(
                    "EC2 has no code " + refused.refusal().code());
        }
        return code;
    }
}
