package xenith.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that something is refused, and for the right reason. */
public final class Refusals {
    private Refusals() {}

    public static void assertRefused(Refusal expected, ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.refusal()).as(refused.getMessage()).isEqualTo(expected);
    }
}
