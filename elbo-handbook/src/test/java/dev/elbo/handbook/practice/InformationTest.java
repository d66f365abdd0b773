package dev.elbo.handbook.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.handbook.toy.Squares;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What latent dimensions tell of factors, where it is known. */
class InformationTest {
    private static final int[][] FACTORS = Squares.of(3, 2).factors();

    /** Sums over a grid of 400 points across places that are 20 standard deviations apart. */
    private static final double GRID = 1e-2;

    @Test
    void aDimensionThatCopiesAFactorTellsAllOfItAndNothingOfTheOthers() {
        Information information = Information.of(copies(0, 1, 2), narrow(3), FACTORS);

        assertThat(information.of(0)).containsExactly(new double[] {Math.log(3), 0, 0}, within(GRID));
        assertThat(information.of(2)).containsExactly(new double[] {0, 0, Math.log(2)}, within(GRID));
        assertThat(information.gap()).isCloseTo(1, within(GRID));
    }

    @Test
    void thereIsNoGapWhereTwoDimensionsCopyTheSameFactor() {
        Information information = Information.of(copies(0, 0), narrow(2), FACTORS);

        assertThat(information.gap()).isCloseTo(0, within(GRID));
    }

    @Test
    void posteriorsThatAreThePriorTellNothing() {
        double[][] means = new double[1][FACTORS[0].length];
        double[][] deviations = new double[1][FACTORS[0].length];
        Arrays.fill(deviations[0], 1);

        assertThat(Information.of(means, deviations, FACTORS).of(0)).containsExactly(new double[] {0}, within(1e-9));
    }

    private static double[][] copies(int... chosen) {
        return Arrays.stream(chosen)
                .mapToObj(k -> Arrays.stream(FACTORS[k]).asDoubleStream().toArray())
                .toArray(double[][]::new);
    }

    private static double[][] narrow(int dimensions) {
        double[][] deviations = new double[dimensions][FACTORS[0].length];
        Arrays.stream(deviations).forEach(row -> Arrays.fill(row, 0.05));
        return deviations;
    }
}
