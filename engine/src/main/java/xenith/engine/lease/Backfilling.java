package xenith.engine.lease;

/**
 * How many best-effort leases may hold places in the future while others pass them by.
 *
 * @param leases 0 or more
 */
public record Backfilling(int leases) {
    /** Nobody passes the first in the queue. */
    public static final Backfilling OFF = new Backfilling(0);

    /** The first that has to wait gets a place; whatever does not move it may start. */
    public static final Backfilling AGGRESSIVE = new Backfilling(1);

    /** All get places: nobody moves anybody's. */
    public static final Backfilling CONSERVATIVE = new Backfilling(Integer.MAX_VALUE);

    public Backfilling {
        if (leases < 0) {
            throw new IllegalArgumentException("backfilling " + leases + " is below 0");
        }
    }

    /** @throws IllegalArgumentException unless it is off, aggressive, conservative or a number */
    public static Backfilling parse(String text) {
        return switch (text) {
            case "off" -> OFF;
            case "aggressive" -> AGGRESSIVE;
            case "conservative" -> CONSERVATIVE;
            default -> {
                if (!text.matches("[1-9][0-9]{0,8}")) {
                    throw new IllegalArgumentException(
                            "backfilling '" + text + "' is none of off, aggressive, conservative, or a number");
                }
                yield new Backfilling(Integer.parseInt(text));
            }
        };
    }
}
