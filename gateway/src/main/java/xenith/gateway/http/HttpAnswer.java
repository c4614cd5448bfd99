package xenith.gateway.http;

import java.nio.ByteBuffer;

/** An answer, whole. */
public record HttpAnswer(int status, String contentType, ByteBuffer body) {
    public static final String XML = "text/xml;charset=UTF-8";
    public static final String JSON = "application/json";
}
