package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** z = a u + s ε in two dimensions, whose marginal N(0, a² + s²) and posterior N(a z / (a² + s²), s² / (a² + s²)) are known. */
@ExtendWith(InAScope.class)
class VariationalMarginalTest {
    private static final double A = 1.5;
    private static final double S = 0.5;
    private static final double VARIANCE = A * A + S * S;

    private final Rng rng = Rng.seeded(1, Device.CPU);

    private VariationalMarginal marginal(double posteriorVariance) {
        Conditional<DiagonalNormal> q = (pass, parents) -> normal(parents[0].times(A / VARIANCE), posteriorVariance);
        Conditional<DiagonalNormal> p = (pass, parents) -> normal(parents[0].times(A), S * S);
        return new VariationalMarginal(
                q, p, normal(Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(2)), 1), Pass.evaluation(rng));
    }

    private static DiagonalNormal normal(Tensor loc, double variance) {
        return new DiagonalNormal(loc, loc.zerosLike().fill(Math.log(variance)), 1);
    }

    private static DiagonalNormal known() {
        return normal(Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(2)), VARIANCE);
    }

    /** With the exact posterior every draw of u says the same, log p(z). */
    @Test
    void theBoundOfTheExactPosteriorIsTheDensity() {
        Tensor z = rng.normal(Shape.of(50, 2)).to(DType.FLOAT64).times(2);
        // noise is FLOAT32, all else FLOAT64: u cancels up to rounding
        assertThat(marginal(S * S / VARIANCE).logProb(z).toHost().toDoubles())
                .containsExactly(known().logProb(z).toHost().toDoubles(), within(1e-9));
    }

    @Test
    void anotherPosteriorGivesLessOnAverage() {
        Tensor z = Tensor.of(new float[] {1, -2}, 2).to(DType.FLOAT64).expand(Shape.of(20_000, 2));
        Estimate bound = Estimate.of(marginal(1).logProb(z).toHost().toDoubles());
        double density = known().logProb(z.get(0, 0)).item();
        double variance = S * S / VARIANCE;
        double divergence = 1 / variance - 1 + Math.log(variance); // 2 KL of one dimension, in two dimensions
        assertThat(bound.mean()).isCloseTo(density - divergence, within(bound.margin()));
    }

    @Test
    void samplesHaveTheVarianceOfTheMarginal() {
        Tensor squares = marginal(1).sample(20_000, rng).square().mean(-1);
        Estimate estimate = Estimate.of(squares.toHost().toDoubles());
        assertThat(estimate.mean()).isCloseTo(VARIANCE, within(estimate.margin()));
    }

    @Test
    void withoutTemperatureSamplesAreTheCentre() {
        assertThat(marginal(1).sample(3, 0, rng).toFloats()).containsOnly(0);
        assertThat(marginal(1).centre().toFloats()).containsOnly(0);
    }
}
