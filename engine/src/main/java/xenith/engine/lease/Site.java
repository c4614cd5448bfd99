package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The machines on which leases run.
 *
 * @param types complete, see {@link ResourceTypes#complete}
 * @param nodes what each has; the first is node 1
 */
public record Site(ResourceTypes types, List<Amounts> nodes) {
    /** What a node has of a resource that the site does not count: enough. */
    public static final long UNCOUNTED = 1_000_000;

    public static final int MAX_NODES = 100_000;

    /** @throws IllegalArgumentException if there are no nodes, or too many */
    public Site {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > MAX_NODES) {
            throw new IllegalArgumentException(nodes.size() + " nodes are not 1 to " + MAX_NODES);
        }
    }

    /** @param nodes what each has of the named resources; of disk and network, if they are not named, enough */
    public static Site of(ResourceTypes named, List<Map<String, Long>> nodes) {
        ResourceTypes types = named.complete();
        List<Amounts> amounts = new ArrayList<>();
        Map<Map<String, Long>, Amounts> same = new HashMap<>();
        for (Map<String, Long> node : nodes) {
            amounts.add(same.computeIfAbsent(node, given -> {
                Map<String, Long> all = new HashMap<>(given);
                types.names().stream()
                        .filter(name -> !named.names().contains(name))
                        .forEach(name -> all.put(name, UNCOUNTED));
                return types.amounts(all);
            }));
        }
        return new Site(types, amounts);
    }

    /**
     * As {@code 144 CPU:100 Memory:1024}: that many nodes, all alike.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Site parse(String text) {
        String[] words = text.strip().split("[ ,]+", -1);
        Map<String, Long> node = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int colon = word.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("site: '" + word + "' is not RESOURCE:AMOUNT");
            }
            names.add(word.substring(0, colon));
            node.put(word.substring(0, colon), number(word.substring(colon + 1)));
        }
        long count = number(words[0]);
        if (count > MAX_NODES) {
            throw new IllegalArgumentException("site: " + count + " nodes are more than " + MAX_NODES);
        }
        List<Map<String, Long>> nodes = new ArrayList<>();
        for (long index = 0; index < count; index++) {
            nodes.add(node);
        }
        return of(new ResourceTypes(names), nodes);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,12}")) {
            throw new IllegalArgumentException("site: '" + text + "' is not a whole number");
        }
        return Long.parseLong(text);
    }
}
