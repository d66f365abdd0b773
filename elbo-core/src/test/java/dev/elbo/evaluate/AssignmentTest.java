package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    /** The largest sum, by trying all. */
    private static double largest(double[][] gains, int row, boolean[] isTaken) {
        if (row == gains.length) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < isTaken.length; column++) {
            if (!isTaken[column]) {
                isTaken[column] = true;
                best = Math.max(best, gains[row][column] + largest(gains, row + 1, isTaken));
                isTaken[column] = false;
            }
        }
        return best;
    }

    @Test
    void noOtherChoiceOfPairsHasALargerSum() {
        Random random = new Random(1);
        for (int rows = 1; rows <= 5; rows++) {
            for (int columns = rows; columns <= 6; columns++) {
                double[][] gains = new double[rows][columns];
                for (double[] row : gains) {
                    Arrays.setAll(row, i -> random.nextInt(9) - 4.0); // few values, so that many are equal
                }
                int[] chosen = Assignment.best(gains);
                assertThat(Arrays.stream(chosen).distinct().count()).isEqualTo(rows);
                double sum = 0;
                for (int row = 0; row < rows; row++) {
                    sum += gains[row][chosen[row]];
                }
                assertThat(sum).isEqualTo(largest(gains, 0, new boolean[columns])); // whole numbers
            }
        }
    }

    @Test
    void whatIsBestForEachRowIsChosenIfColumnsDiffer() {
        assertThat(Assignment.best(new double[][] {{1, 5, 2}, {9, 8, 1}, {2, 2, 3}}))
                .containsExactly(1, 0, 2);
        assertThat(Assignment.best(new double[0][0])).isEmpty();
    }

    @Test
    void aRowThatWouldBeLeftWithoutAColumnIsRefused() {
        assertThatThrownBy(() -> Assignment.best(new double[3][2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each row needs a column of its own; got 3 rows and 2 columns");
    }
}
