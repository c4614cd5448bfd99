package xenith.gateway.ec2.codec;

import java.util.Objects;

/** One decoded Query parameter, as it came. */
public record Parameter(String name, String value) {
    public Parameter {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
    }

    /** Values may be secrets (key material, user data). */
    @Override
    public String toString() {
        return "Parameter[" + name + "]";
    }
}
