package xenith.security.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import xenith.security.Identity;

/**
 * What a verified request says, and nothing that was not signed.
 *
 * @param identity who signed it
 * @param parameters decoded parameters in the order of arrival, without those of the authentication itself
 */
public record Verified(Identity identity, Map<String, String> parameters) {
    public Verified {
        Objects.requireNonNull(identity, "identity");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Names the parameters without their values, some of which are secret. */
    @Override
    public String toString() {
        return "Verified[" + identity + ", " + parameters.keySet() + "]";
    }
}
