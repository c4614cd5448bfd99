package xenith.gateway.http;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where requests of one kind go.
 *
 * @param takes judges by method, path, query and header; the body is not there yet
 */
public record Route(Predicate<HttpRequest> takes, Target target) {
    /** What answers. */
    public sealed interface Target {
        Refuser refuser();
    }

    /**
     * A front.
     *
     * @param atOnce whether its answers need no worker, since they take no time
     */
    public record ToFront(Front front, boolean atOnce) implements Target {
        @Override
        public Refuser refuser() {
            return front;
        }
    }

    /**
     * A servlet.
     *
     * @param path the path that it sees instead of the request's; empty when it sees that
     */
    public record ToServlet(Optional<String> path, Refuser refuser) implements Target {}
}
