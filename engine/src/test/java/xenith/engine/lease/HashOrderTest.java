package xenith.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CPython 2.7.18 prints for the same steps. */
class HashOrderTest {
    @Test
    void numbersThatCollideStandWhereTheyWereProbed() {
        assertThat(HashOrder.of(5, 9, 13).numbers()).containsExactly(9, 5, 13);
        assertThat(HashOrder.of(17, 1, 9).numbers()).containsExactly(17, 9, 1);
        assertThat(HashOrder.of(8, 16, 24, 1).numbers()).containsExactly(8, 16, 24, 1);
        assertThat(HashOrder.of(1000, 40, 8, 72, 136).numbers()).containsExactly(1000, 40, 136, 8, 72);
        assertThat(HashOrder.of(7, 15, 23, 31, 39, 47).numbers()).containsExactly(39, 7, 15, 23, 47, 31);
    }

    @Test
    void aNumberTakesThePlaceOfOneThatHasGone() {
        HashOrder order = HashOrder.of(0, 8);
        order.remove(0);
        order.add(16);

        assertThat(order.numbers()).containsExactly(16, 8);
        assertThat(order.contains(0)).isFalse();
    }

    @Test
    void theIntersectionIsWalkedInItsOwnOrder() {
        int[] nodes = IntStream.concat(IntStream.rangeClosed(1, 20), IntStream.of(1000))
                .toArray();

        assertThat(HashOrder.inBoth(nodes, new int[] {3, 19, 11, 27})).containsExactly(11, 3, 19);
    }
}
