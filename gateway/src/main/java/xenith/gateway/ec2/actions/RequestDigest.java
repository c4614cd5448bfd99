package xenith.gateway.ec2.actions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Tells whether two requests ask the same. Every text goes in with its length, so that no two run together. */
final class RequestDigest {
    private final MessageDigest sha256;

    private RequestDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /**
     * A digest of what is set in the request.
     *
     * @param context what the digest is bound to besides
     * @param without names of members that do not count, as {@code NextToken}
     * @return 64 hexadecimal digits
     */
    static String of(SdkPojo request, String context, Set<String> without) {
        RequestDigest digest = new RequestDigest();
        digest.text(request.getClass().getSimpleName());
        digest.text(context);
        digest.structure(request, without);
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void structure(SdkPojo structure, Set<String> without) {
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = field.getValueOrDefault(structure);
            if (value != null && !without.contains(field.memberName())) {
                text(field.memberName());
                value(value);
            }
        }
        text("end");
    }

    private void value(Object value) {
        if (value instanceof SdkPojo structure) {
            structure(structure, Set.of());
        } else if (value instanceof List<?> items) {
            text(items.size() + " items");
            items.forEach(this::value);
        } else {
            text(value.toString());
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
    }
}
