package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ClassMeansTest {
    /** FLOAT32 quotients of sums that decay. */
    private static final double ROUNDING = 1e-5;

    private final ClassMeans means = ClassMeans.of(3, 2, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
    private final Tensor all = Tensor.of(new long[] {0, 1, 2}, 3);

    @Test
    void afterOneBatchTheyAreTheMeansOfItsClassesAndZeroOfTheOthers() {
        means.observe(Tensor.of(new float[] {1, 2, 3, 6, -5, 4}, 3, 2), Tensor.of(new long[] {0, 0, 2}, 3));

        assertThat(means.of(all).toHost().toDoubles())
                .containsExactly(new double[] {2, 4, 0, 0, -5, 4}, within(ROUNDING));
    }

    @Test
    void aBatchWithoutAClassLeavesItsMean() {
        means.observe(Tensor.of(new float[] {1, 2}, 1, 2), Tensor.of(new long[] {1}, 1));
        means.observe(Tensor.of(new float[] {7, 7}, 1, 2), Tensor.of(new long[] {0}, 1));

        assertThat(means.of(all).toHost().toDoubles())
                .containsExactly(new double[] {7, 7, 1, 2, 0, 0}, within(ROUNDING));
    }

    @Test
    void whatWasMetLaterCountsMore() {
        means.observe(Tensor.of(new float[] {0, 0}, 1, 2), Tensor.of(new long[] {0}, 1));
        means.observe(Tensor.of(new float[] {1, 1}, 1, 2), Tensor.of(new long[] {0}, 1));

        double later = 1 / (1 + 0.99);
        assertThat(means.of(all).get(0, 0).toHost().toDoubles())
                .containsExactly(new double[] {later, later}, within(ROUNDING));
    }
}
