package xenith.gateway.ec2.actions;

import java.util.Base64;
import xenith.engine.model.Contextualization;

/** User data as clients send it: base64, now and then broken into lines. Never logged, nor shown in a refusal. */
final class UserData {
    private UserData() {}

    /**
     * The same bytes in base64 without line breaks.
     *
     * @param text null for none
     * @throws xenith.gateway.ec2.codec.Ec2Error InvalidParameterValue when it is not base64, or too long
     */
    static String checked(String text) {
        if (text == null) {
            return "";
        }
        byte[] bytes = decoded(text);
        if (bytes.length > Contextualization.MAX_USER_DATA_BYTES) {
            throw Refusals.invalidValue(
                    "UserData",
                    bytes.length + " bytes",
                    "User data is limited to " + Contextualization.MAX_USER_DATA_BYTES + " bytes");
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException notBase64) {
            throw Refusals.invalidValue("UserData", text.length() + " characters", "User data must be in base64");
        }
    }
}
