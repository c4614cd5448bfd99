package xenith.engine.ownership;

/**
 * How gateways tell that one of them is gone. All of them must have the same times.
 *
 * @param beatMillis how often each shows that it lives
 * @param lostMillis after how long without a sign the others take its hosts; well above {@code beatMillis}
 */
public record GatewayTimes(long beatMillis, long lostMillis) {
    public static final GatewayTimes STANDARD = new GatewayTimes(2_000, 10_000);

    public GatewayTimes {
        if (beatMillis < 1 || lostMillis < 3 * beatMillis) {
            throw new IllegalArgumentException("lostMillis " + lostMillis + " is below three beats of " + beatMillis);
        }
    }
}
