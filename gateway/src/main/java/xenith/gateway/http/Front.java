package xenith.gateway.http;

/** Answers requests of one kind, in full. Thread-safe; called on a worker, and never throws. */
public interface Front extends Refuser {
    HttpAnswer answer(HttpRequest request);
}
