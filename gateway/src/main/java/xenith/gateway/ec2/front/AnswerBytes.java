package xenith.gateway.ec2.front;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Answers are written whole before their first byte goes out, so that a slow reader holds no worker. */
final class AnswerBytes {
    private static final int USUAL_BYTES = 4_096;

    /** What writes an answer. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private AnswerBytes() {}

    static ByteBuffer bytes(Writing writing) {
        return ByteBuffer.wrap(array(writing));
    }

    static byte[] array(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
