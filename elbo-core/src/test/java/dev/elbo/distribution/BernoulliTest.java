package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BernoulliTest extends DistributionContract implements ClosedDivergenceContract {
    private static final double[] SUPPORT = {0, 1};

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1.5, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Bernoulli(parameters[0], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 1;
    }

    @Test
    void extremeLogitsHaveFiniteDensitiesAndDivergences() {
        Bernoulli coins = new Bernoulli(floats(-80, -80, 80, 80), 0);
        assertThat(coins.logProb(floats(0, 1, 0, 1)).toFloats())
                .containsExactly(new float[] {0, -80, -80, 0}, within(1e-30f));
        Bernoulli others = new Bernoulli(floats(80, -80, -80, 0), 0);
        float[] divergences = coins.klTo(others).orElseThrow().toFloats();
        float rounding = (float) Rounding.ofSum(DType.FLOAT32, 2, 80); // a difference of numbers up to 80
        assertThat(divergences).containsExactly(new float[] {80, 0, 80, (float) Math.log(2)}, within(rounding));
    }

    /** Of an event of one element, logProb is one pass of its own; logProbPerElement is the sum of operations. */
    @Test
    void coinsThatAreCertainHaveTheLimitsOfTheDensityByBothWays() {
        double certain = Double.POSITIVE_INFINITY;
        Bernoulli coins = new Bernoulli(
                floats(certain, certain, certain, -certain, -certain, -certain, 0)
                        .unsqueeze(-1),
                1);
        Tensor sides = floats(1, 0, 0.5, 0, 1, 0.5, 1).unsqueeze(-1);
        float never = Float.NEGATIVE_INFINITY;
        float[] limits = {0, never, never, 0, never, never, (float) -Math.log(2)};
        assertThat(coins.logProb(sides).plus(0).toFloats()).containsExactly(limits);
        assertThat(coins.logProbPerElement(sides).squeeze(-1).plus(0).toFloats())
                .containsExactly(limits);
    }

    @Test
    void aLogitThatIsNoNumberHasADensityThatIsNone() {
        Bernoulli coins = new Bernoulli(floats(Double.NaN, Double.POSITIVE_INFINITY), 0);
        assertThat(coins.logProb(floats(1, 1)).plus(0).toFloats()).containsExactly(Float.NaN, 0);
        assertThat(coins.logProbPerElement(floats(1, 1)).plus(0).toFloats()).containsExactly(Float.NaN, 0);
    }

    @Test
    void theDivergenceKeepsItsDigitsForCoinsThatAreCertainAlmostOrQuite() {
        double[] sure = {1e4, 1e10, Double.POSITIVE_INFINITY};
        for (double logit : sure) {
            Bernoulli heads = new Bernoulli(floats(logit), 0);
            Bernoulli likely = new Bernoulli(floats(5), 0);
            double expected = Math.log1p(Math.exp(-5));
            assertThat(heads.klTo(likely).orElseThrow().item())
                    .isCloseTo(expected, within(Rounding.ofFormula(DType.FLOAT32, expected)));
            assertThat(heads.klTo(heads).orElseThrow().item()).isZero();
        }
        Bernoulli fair = new Bernoulli(floats(0), 0);
        Bernoulli certain = new Bernoulli(floats(Double.NEGATIVE_INFINITY), 0);
        assertThat(fair.klTo(certain).orElseThrow().item()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void greyValuesAreScoredAsTheExpectedDensityOfACoin() {
        Bernoulli coin = new Bernoulli(floats(Math.log(3)), 0); // p = 3/4
        double expected = 0.2 * Math.log(0.75) + 0.8 * Math.log(0.25);
        assertThat(coin.logProb(floats(0.2)).item()).isCloseTo(expected, within(Rounding.ofFormula(DType.FLOAT32, 2)));
    }

    @Test
    void certainCoinsFallAsTheyMust() {
        Bernoulli coins = new Bernoulli(floats(-80, 80), 1);
        assertThat(coins.sample(1000, Rng.seeded(1, Device.CPU)).mean(0).toFloats())
                .containsExactly(0, 1);
    }

    @Test
    void manySamplesOfABatchAreScoredAtOnce() {
        Bernoulli images = new Bernoulli(Tensor.zeros(Device.CPU, 2, 1, 3, 3), 3);
        Tensor samples = images.sample(5, Rng.seeded(1, Device.CPU));
        assertThat(images.logProb(samples).shape()).isEqualTo(Shape.of(5, 2));
    }

    @Override
    protected boolean coldIsTheLikeliest() {
        return true;
    }
}
