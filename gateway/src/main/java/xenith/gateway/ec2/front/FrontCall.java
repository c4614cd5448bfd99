package xenith.gateway.ec2.front;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import xenith.engine.model.Caller;
import xenith.engine.service.EngineException;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.engine.store.Transaction;
import xenith.gateway.credentials.UsedMessages;
import xenith.gateway.ec2.actions.Ec2Call;
import xenith.gateway.ec2.actions.EngineRefusals;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.security.soap.VerifiedMessage;

/**
 * An EC2 call on the engine's store.
 *
 * @param message the signed message to be used up by what is written; empty for Query, where requests may be repeated
 */
record FrontCall(
        Store store, Caller caller, String requestId, URI endpoint, boolean dryRun, Optional<VerifiedMessage> message)
        implements Ec2Call {
    @Override
    public Snapshot state() {
        return store.state();
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        try {
            return store.write(tx -> {
                message.ifPresent(used -> UsedMessages.mark(tx, used));
                T result = work.apply(tx);
                if (dryRun) {
                    throw wouldHaveSucceeded();
                }
                return result;
            });
        } catch (EngineException refusal) {
            throw EngineRefusals.translated(refusal);
        }
    }

    static Ec2Error wouldHaveSucceeded() {
        return new Ec2Error(Ec2ErrorCode.DRY_RUN_OPERATION, "Request would have succeeded, but DryRun flag is set.");
    }
}
