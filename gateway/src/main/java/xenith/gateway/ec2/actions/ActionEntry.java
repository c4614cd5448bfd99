package xenith.gateway.ec2.actions;

import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import xenith.engine.service.EngineException;
import xenith.gateway.ec2.codec.ActionShape;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.MemberSupport;

/** A row of the {@link ActionTable}: an action, what it honours, and what does it. Thread-safe. */
public final class ActionEntry {
    private final String name;
    private final boolean writes;
    private final ActionShapes shapes;
    private final Consumer<MemberSupport.Builder> members;
    private final Ec2Action<Ec2Request, ? extends Ec2Response> action;

    /** Made on first use, since the model's tables are dear; making it twice does no harm. */
    private volatile MemberSupport support;

    private ActionEntry(
            String name,
            boolean writes,
            ActionShapes shapes,
            Consumer<MemberSupport.Builder> members,
            Ec2Action<Ec2Request, ? extends Ec2Response> action) {
        this.name = name;
        this.writes = writes;
        this.shapes = shapes;
        this.members = members;
        this.action = action;
    }

    static <I extends Ec2Request, O extends Ec2Response> ActionEntry of(
            ActionShapes shapes,
            Class<I> request,
            boolean writes,
            Consumer<MemberSupport.Builder> members,
            Ec2Action<I, O> action) {
        String simple = request.getSimpleName();
        String name = simple.substring(0, simple.length() - "Request".length());
        return new ActionEntry(
                name, writes, shapes, members, (call, input) -> action.answer(call, request.cast(input)));
    }

    public String name() {
        return name;
    }

    /** Whether the action changes something; one that does runs exactly one {@link Ec2Call#write}. */
    public boolean writes() {
        return writes;
    }

    /** The codec's tables of this action. */
    public ActionShape shape() {
        return shapes.find(name).orElseThrow(() -> new IllegalStateException("the model has no action " + name));
    }

    /** @throws xenith.gateway.ec2.codec.Ec2Error UnsupportedOperation naming the first member that is not honoured */
    public void check(Ec2Request request) {
        MemberSupport checker = support;
        if (checker == null) {
            MemberSupport.Builder builder = MemberSupport.of(shape());
            members.accept(builder);
            checker = builder.build();
            support = checker;
        }
        checker.check(request);
    }

    /**
     * Does it.
     *
     * @param request of this action's type
     * @throws xenith.gateway.ec2.codec.Ec2Error when it is refused; then nothing has changed
     */
    public Ec2Response answer(Ec2Call call, Ec2Request request) {
        try {
            return action.answer(call, request);
        } catch (EngineException refusal) {
            throw EngineRefusals.translated(refusal);
        }
    }
}
