package xenith.engine.lease;

import java.util.Arrays;

/**
 * Numbers in the order in which the ancestor walks them. It keeps nodes and leases in hash tables of CPython 2.7, whose
 * order decides between hosts that are equally good and between leases that came at the same moment: open addressing, a
 * number's hash is the number, growth to four times what is in use once two thirds are filled.
 */
final class HashOrder {
    private static final int LEAST_SIZE = 8;
    private static final int PERTURBATION_SHIFT = 5;
    private static final int LARGE = 50_000;
    private static final int FREE = -1;
    private static final int REMOVED = -2;

    private int[] table = free(LEAST_SIZE);
    private int filled;
    private int used;

    static HashOrder of(int... numbers) {
        HashOrder order = new HashOrder();
        for (int number : numbers) {
            order.add(number);
        }
        return order;
    }

    /** What stands in both, in the order that the intersection of two sets has. */
    static int[] inBoth(int[] first, int[] second) {
        HashOrder one = of(first);
        HashOrder other = of(second);
        HashOrder walked = other.used > one.used ? one : other;
        HashOrder asked = other.used > one.used ? other : one;
        HashOrder both = new HashOrder();
        for (int number : walked.numbers()) {
            if (asked.contains(number)) {
                both.add(number);
            }
        }
        return both.numbers();
    }

    /** @param number 0 or more */
    void add(int number) {
        int place = place(number);
        if (table[place] == number) {
            return;
        }
        if (table[place] == FREE) {
            filled++;
        }
        table[place] = number;
        used++;
        if (filled * 3 >= table.length * 2) {
            resize(used * (used > LARGE ? 2 : 4));
        }
    }

    void remove(int number) {
        int place = place(number);
        if (table[place] == number) {
            table[place] = REMOVED;
            used--;
        }
    }

    boolean contains(int number) {
        return table[place(number)] == number;
    }

    int[] numbers() {
        return Arrays.stream(table).filter(number -> number >= 0).toArray();
    }

    /** Where the number is, or else the place that it would take: the first removed one on its way, or a free one. */
    private int place(int number) {
        int mask = table.length - 1;
        int removed = FREE;
        long step = number;
        long perturbation = number;
        while (true) {
            int place = (int) (step & mask);
            if (table[place] == number) {
                return place;
            }
            if (table[place] == FREE) {
                return removed == FREE ? place : removed;
            }
            if (table[place] == REMOVED && removed == FREE) {
                removed = place;
            }
            step = step * 5 + perturbation + 1;
            perturbation >>= PERTURBATION_SHIFT;
        }
    }

    private void resize(int atLeast) {
        int size = LEAST_SIZE;
        while (size <= atLeast) {
            size *= 2;
        }
        int[] before = numbers();
        table = free(size);
        filled = before.length;
        for (int number : before) {
            table[place(number)] = number;
        }
    }

    private static int[] free(int size) {
        int[] table = new int[size];
        Arrays.fill(table, FREE);
        return table;
    }
}
