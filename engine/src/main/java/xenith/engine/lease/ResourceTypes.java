package xenith.engine.lease;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The resources that a site counts, in their order.
 *
 * @param names each once; CPU (hundredths of a core) and Memory (MiB) are always among them
 */
public record ResourceTypes(List<String> names) {
    public static final String CPU = "CPU";
    public static final String MEMORY = "Memory";
    public static final String DISK = "Disk";
    public static final String NET_IN = "Net-in";
    public static final String NET_OUT = "Net-out";

    /** @throws IllegalArgumentException if a name stands twice, or CPU or Memory is missing */
    public ResourceTypes {
        names = List.copyOf(names);
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("resource types " + names + " name one twice");
        }
        for (String needed : List.of(CPU, MEMORY)) {
            if (!names.contains(needed)) {
                throw new IllegalArgumentException("resource types " + names + " lack " + needed);
            }
        }
    }

    /** With disk and network behind those that are named: slots take them even where nobody counts them. */
    public ResourceTypes complete() {
        List<String> all = new ArrayList<>(names);
        for (String name : List.of(DISK, NET_IN, NET_OUT)) {
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        return new ResourceTypes(all);
    }

    /** @throws IllegalArgumentException if there is no such resource */
    public int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("resource " + name + " is none of " + names);
        }
        return index;
    }

    /** @throws IllegalArgumentException if one is not counted here */
    public Amounts amounts(Map<String, Long> named) {
        long[] values = new long[names.size()];
        named.forEach((name, amount) -> values[index(name)] = amount);
        return Amounts.of(values);
    }
}
