package xenith.gateway.ec2.actions;

/**
 * What an action does.
 *
 * @param <I> the SDK's request
 * @param <O> the SDK's response
 */
@FunctionalInterface
public interface Ec2Action<I, O> {
    /** @throws xenith.gateway.ec2.codec.Ec2Error when it is refused; then nothing has changed */
    O answer(Ec2Call call, I request);
}
