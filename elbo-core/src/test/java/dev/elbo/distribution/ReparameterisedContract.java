package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What a distribution promises beside {@link DistributionContract} if gradients pass through its samples. */
interface ReparameterisedContract {

    /** As in {@link DistributionContract}. */
    Tensor[] parameters(Shape shape, Rng rng);

    /** As in {@link DistributionContract}. */
    Factorised of(int eventRank, Tensor... parameters);

    private Pathwise reparameterised(Tensor... parameters) {
        return (Pathwise) of(1, parameters);
    }

    @Test
    default void gradientsThroughSamplesAreThoseOfTheExpectationUnderTheSameNoise() {
        Tensor[] parameters = GradientCheck.requiring(parameters(Shape.of(6), seeded(1)));
        GradientCheck.compare(
                () -> reparameterised(parameters)
                        .rsample(20, seeded(2))
                        .value()
                        .times(3)
                        .tanh()
                        .sum(),
                parameters);
    }

    @Test
    default void aScoredSampleKnowsItsDensity() {
        Pathwise distribution = reparameterised(parameters(Shape.of(3, 4), seeded(1)));
        Scored scored = distribution.rsample(20, seeded(2));
        assertThat(scored.logProb().shape()).isEqualTo(Shape.of(20, 3));
        assertThat(scored.logProb().toHost())
                .isEqualTo(distribution.logProb(scored.value()).toHost());
    }

    @Test
    default void aSampleIsTheValueOfAScoredOne() {
        Pathwise distribution = reparameterised(parameters(Shape.of(3, 4), seeded(1)));
        assertThat(distribution.sample(5, seeded(2)).toHost())
                .isEqualTo(distribution.rsample(5, seeded(2)).value().toHost());
    }

    @Test
    default void detachedParametersReceiveNoGradient() {
        Pathwise distribution = reparameterised(GradientCheck.requiring(parameters(Shape.of(4), seeded(1))));
        Pathwise detached = distribution.detached();
        assertThat(detached).hasSameClassAs(distribution);
        Tensor value = detached.rsample(2, seeded(2)).value();
        assertThat(value.requiresGradient()).isFalse();
        assertThat(detached.logProb(value).requiresGradient()).isFalse();
        assertThat(detached.logProb(value).toHost())
                .isEqualTo(distribution.logProb(value).toHost());
    }
}
