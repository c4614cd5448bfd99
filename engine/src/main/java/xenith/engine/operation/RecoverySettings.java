package xenith.engine.operation;

import java.util.Optional;
import xenith.engine.port.Fencing;

/**
 * What becomes of machines whose host is lost.
 *
 * @param fencing makes certain that a host is off; empty where only an operator can tell
 * @param restarts whether machines that ran are started on other hosts; otherwise they are off until somebody does
 * @param afterMillis how long a host must have been without an answer before it is fenced
 */
public record RecoverySettings(Optional<Fencing> fencing, boolean restarts, long afterMillis) {
    /** Nothing happens by itself; machines of a host that an operator calls lost are started on others. */
    public static final RecoverySettings STANDARD = new RecoverySettings(Optional.empty(), true, 60_000);
}
