package xenith.engine.model;

/**
 * One of the gateways that serve a cloud together.
 *
 * @param id a UUID, of its home
 * @param name for people, as its machine's
 * @param epoch rises with each time that any gateway joins: the lowest has been there the longest
 * @param beat rises while it lives
 */
public record Gateway(String id, String name, long epoch, long beat) {
    public Gateway beaten() {
        return new Gateway(id, name, epoch, beat + 1);
    }
}
