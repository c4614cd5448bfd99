package xenith.engine.lease;

/**
 * What the machines of a lease boot.
 *
 * @param sizeMib what has to be brought to a node that has no copy
 */
public record DiskImage(String id, long sizeMib) {
    /** @throws IllegalArgumentException if it is larger than nothing could be or has no name */
    public DiskImage {
        if (id.isBlank()) {
            throw new IllegalArgumentException("disk image id is empty");
        }
        if (sizeMib < 0) {
            throw new IllegalArgumentException("disk image size " + sizeMib + " is below 0");
        }
    }
}
