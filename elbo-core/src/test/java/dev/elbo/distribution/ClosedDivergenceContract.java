package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a distribution promises beside {@link DistributionContract} if its divergence from others of its family has
 * a closed form.
 */
interface ClosedDivergenceContract {

    /** As in {@link DistributionContract}. */
    Tensor[] parameters(Shape shape, Rng rng);

    /** As in {@link DistributionContract}. */
    Factorised of(int eventRank, Tensor... parameters);

    /** Parameters of distributions from which those of {@link #parameters} have a finite divergence. */
    default Tensor[] othersParameters(Shape shape, Rng rng) {
        return parameters(shape, rng);
    }

    @Test
    default void theDivergenceIsTheMeanOfTheLogRatio() {
        Factorised p = of(0, parameters(Shape.of(6), seeded(4)));
        Factorised q = of(0, othersParameters(Shape.of(6), seeded(5)));
        Tensor samples = p.sample(20_000, seeded(6));
        Tensor logRatios = p.logProb(samples).minus(q.logProb(samples));
        double[] divergences = p.klTo(q).orElseThrow().toHost().toDoubles();
        for (int i = 0; i < divergences.length; i++) {
            Estimate estimate = Estimate.of(logRatios.get(1, i).toHost().toDoubles());
            assertThat(divergences[i]).isCloseTo(estimate.mean(), within(estimate.margin() + 1e-12));
        }
    }

    @Test
    default void theDivergenceIsPositiveAndZeroFromItself() {
        Factorised p = of(0, parameters(Shape.of(1000), seeded(7)));
        Factorised q = of(0, othersParameters(Shape.of(1000), seeded(8)));
        assertThat(p.klTo(q).orElseThrow().min().item()).isPositive();
        assertThat(p.klTo(p).orElseThrow().abs().max().item()).isLessThan(1e-12);
    }

    @Test
    default void theDivergenceOfAnEventIsTheSumOverItsElements() {
        Tensor[] p = parameters(Shape.of(2, 5), seeded(1));
        Tensor[] q = othersParameters(Shape.of(2, 5), seeded(2));
        Tensor elements = of(1, p).klPerElementTo(of(1, q)).orElseThrow();
        assertThat(elements.shape()).isEqualTo(Shape.of(2, 5));
        Tensor event = of(1, p).klTo(of(1, q)).orElseThrow();
        double rounding = Rounding.ofSum(DType.FLOAT64, 5, event.max().item());
        assertThat(event.minus(elements.sum(-1)).abs().max().item()).isLessThanOrEqualTo(rounding);
    }

    @Test
    default void gradientsOfTheDivergenceAreItsDifferences() {
        Tensor[] p = GradientCheck.requiring(parameters(Shape.of(6), seeded(1)));
        Tensor[] q = GradientCheck.requiring(othersParameters(Shape.of(6), seeded(2)));
        Tensor[] both = Stream.concat(Stream.of(p), Stream.of(q)).toArray(Tensor[]::new);
        GradientCheck.compare(() -> of(0, p).klTo(of(0, q)).orElseThrow().sum(), both);
    }
}
