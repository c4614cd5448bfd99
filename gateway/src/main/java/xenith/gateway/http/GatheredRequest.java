package xenith.gateway.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body is there already, for servlets to read. */
final class GatheredRequest extends Request.Wrapper {
    private final byte[] body;
    private boolean given;

    GatheredRequest(Request request, byte[] body) {
        super(request);
        this.body = body;
    }

    @Override
    public long getLength() {
        return body.length;
    }

    @Override
    public Content.Chunk read() {
        if (given) {
            return Content.Chunk.EOF;
        }
        given = true;
        return body.length == 0 ? Content.Chunk.EOF : Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public void demand(Runnable callback) {
        callback.run();
    }
}
