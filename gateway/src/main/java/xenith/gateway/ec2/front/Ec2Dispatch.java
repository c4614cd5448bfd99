package xenith.gateway.ec2.front;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import xenith.engine.model.Caller;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.gateway.ec2.actions.ActionEntry;
import xenith.gateway.ec2.actions.ActionTable;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.Ec2Error;
import xenith.gateway.ec2.codec.Ec2ErrorCode;
import xenith.gateway.http.HttpRequest;
import xenith.security.soap.VerifiedMessage;

/** Finds actions and has them done, whichever protocol they came by. Thread-safe. */
public final class Ec2Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Ec2Dispatch.class);
    private static final int MAX_SHOWN_CHARS = 80;

    private final Store store;
    private final ActionTable actions;
    private final ActionShapes shapes;

    public Ec2Dispatch(Store store, ActionTable actions, ActionShapes shapes) {
        this.store = store;
        this.actions = actions;
        this.shapes = shapes;
    }

    Snapshot state() {
        return store.state();
    }

    /** @throws Ec2Error UnsupportedOperation for an action that EC2 has and Xenith has not, else InvalidAction */
    ActionEntry action(String name) {
        return actions.find(name).orElseThrow(() -> refusal(name));
    }

    /** The name of an action that there is, or {@link ActionObserver#UNKNOWN}. */
    String known(String name) {
        return name == null
                ? ActionObserver.UNKNOWN
                : actions.find(name).map(ActionEntry::name).orElse(ActionObserver.UNKNOWN);
    }

    private Ec2Error refusal(String name) {
        return shapes.isKnown(name)
                ? new Ec2Error(Ec2ErrorCode.UNSUPPORTED_OPERATION, "The action " + name + " is not supported")
                : new Ec2Error(Ec2ErrorCode.INVALID_ACTION, "The action " + shown(name) + " is not valid");
    }

    /**
     * Does the action.
     *
     * @param message the signed message that asks for it; empty for Query
     * @throws RuntimeException when it is refused; see {@link Failure}
     */
    Ec2Response answer(
            ActionEntry entry, Ec2Request request, Caller caller, HttpRequest http, Optional<VerifiedMessage> message) {
        entry.check(request);
        boolean dryRun = request.getValueForField("DryRun", Boolean.class).orElse(false);
        FrontCall call = new FrontCall(store, caller, http.id(), http.endpoint(), dryRun, message);
        Ec2Response response = entry.answer(call, request);
        if (dryRun) {
            throw FrontCall.wouldHaveSucceeded();
        }
        if (entry.writes()) {
            LOG.info("{} by user {} of account {}", entry.name(), caller.user(), caller.account());
        }
        return response;
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
