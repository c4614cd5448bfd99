package xenith.security.xml;

/**
 * Bounds of one document.
 *
 * @param maxBytes encoded size
 * @param maxDepth nested elements
 * @param maxAttributesPerElement attributes of one element; namespace declarations are counted apart, to the same bound
 * @param maxElements elements in all
 */
public record XmlLimits(int maxBytes, int maxDepth, int maxAttributesPerElement, int maxElements) {
    /** Generous for what clouds exchange: 4 MiB, 100 deep, 200 attributes, 200,000 elements. */
    public static final XmlLimits DEFAULT = new XmlLimits(4 << 20, 100, 200, 200_000);

    public XmlLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxAttributesPerElement < 1 || maxElements < 1) {
            throw new IllegalArgumentException("XML limits must be at least 1");
        }
    }
}
