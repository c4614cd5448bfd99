package xenith.gateway.ec2.actions;

import java.net.URI;
import java.util.function.Function;
import xenith.engine.model.Caller;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Transaction;

/** One authenticated request on its way through an action. Used by one thread. */
public interface Ec2Call {
    Caller caller();

    String requestId();

    /** Where the client sent the request: its scheme, host and port are what DescribeRegions answers. */
    URI endpoint();

    boolean dryRun();

    /** The state as it is committed now. */
    Snapshot state();

    /**
     * Runs a unit of work with this call's replay mark in it. On a dry run undoes it and throws {@code
     * DryRunOperation}. Refusals of the engine become {@link xenith.gateway.ec2.codec.Ec2Error}s.
     */
    <T> T write(Function<Transaction, T> work);
}
