package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import org.junit.jupiter.api.Test;

class TokenRowsTest {
    private final TokenRows rows = new TokenRows(ints(7, 8, 3, 9, 3), ints(0, 3, 0), ints(3, 2, 5), 6);

    @Test
    void rowsArePaddedBehindTheirEndAndMayShareTokens() {
        assertThat(rows.toHost().toLongs()).containsExactly(7, 8, 3, 0, 0, 0, 9, 3, 0, 0, 0, 0, 7, 8, 3, 9, 3, 0);
        assertThat(rows.select(new long[] {1, 1}).toLongs()).containsExactly(9, 3, 0, 0, 0, 0, 9, 3, 0, 0, 0, 0);
        assertThat(rows).hasToString("INT64 [3, 6]");
    }

    @Test
    void fewAreLaidOut() {
        assertThat(rows.laidOut()).isInstanceOf(HostArray.class);
        assertThat(rows.isOnDisk()).isTrue();
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> rows.rows(0, 4)).withMessage("rows 0 to 4 of 3");
    }

    @Test
    void whatIsTakenComesInItsOrder() {
        Ints numbers = new Ints();
        for (int i = 0; i < 200_000; i++) {
            numbers.add(i);
        }
        for (int i = 0; i < 200_000; i++) {
            if (numbers.take() != i) {
                throw new AssertionError("another number at " + i); // 200,000 assertions take a second
            }
        }
        numbers.truncate(1);
        assertThat(numbers.size()).isEqualTo(1);
    }

    private static Ints ints(int... numbers) {
        Ints all = new Ints();
        for (int number : numbers) {
            all.add(number);
        }
        return all;
    }
}
