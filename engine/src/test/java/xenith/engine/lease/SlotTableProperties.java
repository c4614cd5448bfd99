package xenith.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The table against a list of slots that is searched from end to end. */
class SlotTableProperties {
    private static final Site SITE = Site.parse("3 CPU:400 Memory:4096");
    private static final int LATEST = 40;

    private List<Slot> model = List.of();
    private SlotTable table = new SlotTable(SITE, 100);

    @Property(tries = 200)
    void itTellsWhatAListWouldTell(@ForAll long seed) {
        Random random = new Random(seed);
        model = new ArrayList<>();
        table = new SlotTable(SITE, 100);
        for (int step = 0; step < 60; step++) {
            if (model.isEmpty() || random.nextInt(3) > 0) {
                Slot slot = slot(random);
                model.add(slot);
                table.add(slot);
            } else {
                table.remove(model.remove(random.nextInt(model.size())));
            }
            long time = random.nextInt(LATEST);
            int node = 1 + random.nextInt(SITE.nodes().size());

            assertThat(table.freeAt(node, time)).isEqualTo(free(node, time, List.of()));
            assertThat(table.startingAt(time))
                    .containsExactlyElementsOf(model.stream()
                            .filter(slot -> slot.startMillis() == time)
                            .toList());
            assertThat(table.nextChange(time)).isEqualTo(nextChange(time));
            assertThat(table.isEmpty()).isEqualTo(model.isEmpty());
            availabilityIsRight(random, node, time);
        }
    }

    private void availabilityIsRight(Random random, int node, long time) {
        List<Integer> without = random.nextBoolean() ? List.of() : List.of(1, 2);
        Amounts need = amounts(random);
        long until = time + 1 + random.nextInt(LATEST);
        Availability there = table.node(node).between(time, until, without);
        long fits = time;
        while (fits < until && need.fitsIn(free(node, fits, without))) {
            fits++;
        }

        assertThat(there.fits(need, until)).isEqualTo(fits >= until);
        long known = there.fitsUntil(need);
        assertThat(known == Long.MIN_VALUE ? time : Math.min(known, until)).isEqualTo(fits);
    }

    private Slot slot(Random random) {
        long start = random.nextInt(LATEST);
        Map<Integer, Amounts> use = new TreeMap<>();
        for (int node = 1; node <= SITE.nodes().size(); node++) {
            if (random.nextBoolean()) {
                use.put(node, amounts(random));
            }
        }
        return new Slot(SlotKind.MACHINES, 1 + random.nextInt(5), start, start + random.nextInt(10), use);
    }

    private static Amounts amounts(Random random) {
        return SITE.types()
                .amounts(Map.of(
                        ResourceTypes.CPU, 50L * random.nextInt(4), ResourceTypes.MEMORY, 512L * random.nextInt(4)));
    }

    private Amounts free(int node, long time, List<Integer> without) {
        Amounts free = SITE.nodes().get(node - 1);
        for (Slot slot : model) {
            boolean there = slot.startMillis() <= time
                    && time < slot.endMillis()
                    && slot.use().containsKey(node);
            if (there && !without.contains(slot.lease())) {
                free = free.minus(slot.use().get(node));
            }
        }
        return free;
    }

    private OptionalLong nextChange(long time) {
        return model.stream()
                .flatMap(slot -> List.of(slot.startMillis(), slot.endMillis()).stream())
                .mapToLong(Long::longValue)
                .filter(change -> change > time)
                .min();
    }
}
