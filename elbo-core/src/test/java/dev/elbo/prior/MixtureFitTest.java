package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixtureFitTest {
    private static final int POINTS = 1000;

    private final Rng rng = Rng.seeded(1, Device.CPU);

    @Test
    void oneComponentIsTheMeanAndVarianceOfAllPoints() {
        Tensor points = rng.normal(Shape.of(POINTS, 3)).times(2).plus(5);
        MixturePrior mixture = MixtureFit.of(points, 1, rng).mixture();
        // variances as means of squares less squares of means, in FLOAT64 of FLOAT32 points
        assertThat(mixture.loc().squeeze(0).toHost().toDoubles())
                .containsExactly(points.mean(0).toHost().toDoubles(), within(1e-5));
        double[] expected =
                points.minus(points.mean(0)).square().mean(0).log().toHost().toDoubles();
        assertThat(mixture.logVar().squeeze(0).toHost().toDoubles()).containsExactly(expected, within(1e-5));
    }

    @Test
    void clustersThatLieApartAreFoundWithTheirWeightsAndWidths() {
        Tensor few = rng.normal(Shape.of(POINTS / 4, 2)).times(0.5).plus(20);
        Tensor many = rng.normal(Shape.of(POINTS * 3 / 4, 2));
        MixturePrior mixture = MixtureFit.of(Tensor.cat(0, few, many), 2, rng).mixture();
        double[] weights = mixture.clusters().probabilities().toHost().toDoubles();
        int small = weights[0] < weights[1] ? 0 : 1;
        assertThat(weights[small]).isEqualTo(0.25, within(1e-9)); // no point is between them
        double[] means = mixture.loc().toHost().toDoubles();
        double[] logVars = mixture.logVar().toHost().toDoubles();
        for (int d = 0; d < 2; d++) {
            // five standard errors of a mean and of a variance of 250 points, or of 750 that are twice as wide
            assertThat(means[2 * small + d]).isEqualTo(20, within(0.16));
            assertThat(means[2 * (1 - small) + d]).isEqualTo(0, within(0.19));
            assertThat(logVars[2 * small + d]).isEqualTo(Math.log(0.25), within(0.45));
            assertThat(logVars[2 * (1 - small) + d]).isEqualTo(0, within(0.26));
        }
    }

    @Test
    void moreComponentsAreNoLessLikely() {
        Tensor points = rng.normal(Shape.of(POINTS, 2)).square();
        assertThat(MixtureFit.of(points, 3, rng).logLikelihood())
                .isGreaterThan(MixtureFit.of(points, 1, rng).logLikelihood());
    }

    @Test
    void pointsThatAreAllTheSameHaveAMixtureOfFiniteNumbers() {
        MixturePrior mixture =
                MixtureFit.of(Tensor.zeros(Device.CPU, 10, 2).plus(3), 2, rng).mixture();
        assertThat(mixture.parameters()).isEmpty();
        for (Tensor values : mixture.state().values()) {
            assertThat(Arrays.stream(values.toHost().toDoubles()).allMatch(Double::isFinite))
                    .isTrue();
        }
    }

    @Test
    void fewerPointsThanComponentsAreRefused() {
        assertThatThrownBy(() -> MixtureFit.of(Tensor.zeros(Device.CPU, 2, 2), 3, rng))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mixture of 3 components is fitted to as many points or more; got 2");
    }
}
