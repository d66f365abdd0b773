package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What a factorised distribution promises whose samples have implicit gradients: see {@link ReparameterisedContract}. */
interface ImplicitContract {
    /** As in {@link DistributionContract}. */
    Tensor[] parameters(Shape shape, Rng rng);

    /** As in {@link DistributionContract}. */
    Factorised of(int eventRank, Tensor... parameters);

    /** Of one dimension. */
    Quadrature quadrature();

    @Test
    default void gradientsThroughSamplesAreOnAverageThoseOfTheExpectation() {
        Tensor[] parameters = GradientCheck.requiring(parameters(Shape.of(4, 1), seeded(1)));
        quadrature().compareGradients(() -> (Pathwise) of(1, parameters), parameters);
    }

    @Test
    default void aScoredSampleKnowsItsDensityAndGradientsDoNotChangeIt() {
        Tensor[] parameters = parameters(Shape.of(3, 4), seeded(1));
        Pathwise constant = (Pathwise) of(1, parameters);
        Scored without = constant.rsample(20, seeded(2));
        Scored with = ((Pathwise) of(1, GradientCheck.requiring(parameters))).rsample(20, seeded(2));
        assertThat(with.value().toHost()).isEqualTo(without.value().toHost());
        assertThat(without.logProb().toHost())
                .isEqualTo(constant.logProb(without.value()).toHost());
        assertThat(with.value().requiresGradient()).isTrue();
        assertThat(constant.sample(20, seeded(2)).toHost())
                .isEqualTo(without.value().toHost());
    }

    @Test
    default void detachedParametersReceiveNoGradient() {
        Pathwise distribution = (Pathwise) of(1, GradientCheck.requiring(parameters(Shape.of(4), seeded(1))));
        Pathwise detached = distribution.detached();
        Tensor value = detached.rsample(2, seeded(2)).value();
        assertThat(value.requiresGradient()).isFalse();
        assertThat(detached.logProb(value).requiresGradient()).isFalse();
    }
}
