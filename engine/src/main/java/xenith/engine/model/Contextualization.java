package xenith.engine.model;

import java.util.List;

/**
 * What the guest is told when it first boots.
 *
 * @param instanceId the name under which the guest knows itself; cloud-init runs once per such name
 * @param hostname the guest's host name
 * @param userDataBase64 the user's own bytes in base64, at most 16 KiB before encoding; empty for none. May hold
 *     secrets, so it is never logged.
 * @param publicKeys lines for authorized_keys
 */
public record Contextualization(String instanceId, String hostname, String userDataBase64, List<String> publicKeys) {
    public static final int MAX_USER_DATA_BYTES = 16 * 1024;

    public Contextualization {
        Checks.text("instanceId", instanceId, 64);
        Checks.text("hostname", hostname, 64);
        Checks.bounded("userDataBase64", userDataBase64, (MAX_USER_DATA_BYTES + 2) / 3 * 4);
        publicKeys = List.copyOf(publicKeys);
    }

    public Contextualization withUserData(String newUserDataBase64) {
        return new Contextualization(instanceId, hostname, newUserDataBase64, publicKeys);
    }

    @Override
    public String toString() {
        return "Contextualization[" + instanceId + ", " + hostname + ", user data " + userDataBase64.length()
                + " characters, " + publicKeys.size() + " keys]";
    }
}
