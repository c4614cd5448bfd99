package xenith.security.query;

import java.util.Set;
import xenith.security.Refusal;
import xenith.security.RefusedException;

/**
 * For whom a Signature Version 4 credential must have been scoped.
 *
 * @param regions our region and those that are accepted beside it
 * @param services names of services, such as {@code ec2} and {@code sts}
 */
public record SigningScope(Set<String> regions, Set<String> services) {
    public SigningScope {
        regions = Set.copyOf(regions);
        services = Set.copyOf(services);
    }

    void check(CredentialScope scope) {
        if (!regions.contains(scope.region())) {
            throw new RefusedException(
                    Refusal.WRONG_REGION, "It names " + RefusedException.quote(scope.region()) + ".");
        }
        if (!services.contains(scope.service())) {
            throw new RefusedException(
                    Refusal.WRONG_SERVICE, "It names " + RefusedException.quote(scope.service()) + ".");
        }
    }
}
