package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000, 5000})
    void seesEveryExampleOnceInEachEpochAndInAnotherOrder(int block) {
        Order order = new Order(1, 1003, 10, block);

        for (long epoch = 0; epoch < 3; epoch++) {
            assertThat(Arrays.stream(order.permutation(epoch)).sorted().toArray())
                    .isEqualTo(LongStream.range(0, 1003).toArray());
            assertThat(order.permutation(epoch)).isEqualTo(order.permutation(epoch));
        }
        assertThat(order.permutation(0)).isNotEqualTo(order.permutation(1));
        assertThat(order.batches()).isEqualTo(100);
    }

    @Test
    void blocksStayInTheirWindowAndAreMixedInIt() {
        Order order = new Order(1, 100_000, 100, 10);
        long[] permutation = order.permutation(0);

        for (int from = 0; from < 100_000; from += (int) order.window()) {
            long[] window = Arrays.copyOfRange(permutation, from, Math.min(100_000, from + (int) order.window()));
            assertThat(Arrays.stream(window).map(row -> row / 10).distinct().count())
                    .isEqualTo(window.length / 10);
            long neighbours = LongStream.range(1, window.length)
                    .filter(i -> window[(int) i] / 10 == window[(int) i - 1] / 10)
                    .count();
            assertThat(neighbours).isLessThan(window.length / 10);
        }
    }

    @Test
    void thereIsNoBlockOfNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Order(1, 10, 2, 0))
                .withMessage("10 examples in batches of 2 and blocks of 0: all must be positive");
    }
}
