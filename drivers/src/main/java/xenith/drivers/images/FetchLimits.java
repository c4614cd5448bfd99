package xenith.drivers.images;

import java.time.Duration;

/**
 * Bounds on what is fetched for a user.
 *
 * @param maxBytes how large an image may be
 * @param maxTotalBytes how large all images together may be that were fetched
 * @param time from the first connection to the last byte
 * @param maxRedirects how often a server may send us elsewhere
 */
public record FetchLimits(
        AddressPolicy addresses, long maxBytes, long maxTotalBytes, Duration time, int maxRedirects) {}
