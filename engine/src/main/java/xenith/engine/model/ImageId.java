package xenith.engine.model;

/** The engine's number of an image, never given twice. Positive. */
public record ImageId(long value) implements Comparable<ImageId> {
    public ImageId {
        Checks.atLeast("image id", value, 1);
    }

    @Override
    public int compareTo(ImageId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
