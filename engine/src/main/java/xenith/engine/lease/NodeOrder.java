package xenith.engine.lease;

import java.util.List;
import java.util.stream.IntStream;

/** In which order nodes stand that are equally good: by their number, or as the ancestor walks them. */
final class NodeOrder {
    /** The ancestor's number for the repository, which stands in its tables with the others. */
    private static final int ANCESTORS_REPOSITORY = 1_000;

    private final boolean ancestors;
    private final List<Integer> all;
    private final int[] ancestorsAll;

    NodeOrder(int nodes, boolean ancestors) {
        this.ancestors = ancestors;
        int[] numbers = IntStream.concat(IntStream.rangeClosed(1, nodes), IntStream.of(ANCESTORS_REPOSITORY))
                .toArray();
        // Its nodes are copied from one table into another for each moment that it looks at.
        ancestorsAll = HashOrder.of(HashOrder.of(numbers).numbers()).numbers();
        all = IntStream.of(ancestors ? ancestorsAll : numbers)
                .filter(number -> number <= nodes)
                .boxed()
                .toList();
    }

    List<Integer> all() {
        return all;
    }

    /** @param only in the order in which they became ready */
    List<Integer> among(List<Integer> only) {
        if (only.size() == all.size()) {
            return all;
        }
        return ancestors
                ? IntStream.of(HashOrder.inBoth(
                                ancestorsAll,
                                only.stream().mapToInt(Integer::intValue).toArray()))
                        .boxed()
                        .toList()
                : only.stream().sorted().toList();
    }
}
