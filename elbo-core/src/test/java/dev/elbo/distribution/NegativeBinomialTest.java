package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeBinomialTest extends DistributionContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 1, 0.5, rng), normals(shape, 1, 0.5, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new NegativeBinomial(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(0, 1000, 1001);
    }

    @Override
    protected double spacing() {
        return 1;
    }

    /** p(0) = (r / (r + μ))^r and p(x + 1) = p(x) (x + r) / (x + 1) · μ / (r + μ). */
    @ParameterizedTest
    @CsvSource({"0.3, 0.2", "5, 1", "12, 30"})
    void itsMassesFollowOneAnother(double mean, double r) {
        NegativeBinomial counts = of(mean, r);
        double mass = Math.pow(r / (r + mean), r);
        for (int x = 0; x < 40; x++) {
            double logProb = counts.logProb(floats(x).to(DType.FLOAT64)).item();
            // parameters are rounded to FLOAT32, and are taken x times
            assertThat(logProb).isCloseTo(Math.log(mass), within(1e-6 * (1 + x + mean + r)));
            mass *= (x + r) / (x + 1) * mean / (r + mean);
        }
    }

    private static NegativeBinomial of(double mean, double r) {
        return new NegativeBinomial(
                floats(Math.log(mean)).to(DType.FLOAT64), floats(Math.log(r)).to(DType.FLOAT64), 0);
    }

    @Test
    void theVarianceOfDrawsIsTheMeanAndItsSquareOverR() {
        double mean = 4;
        double r = 2.5;
        Tensor draws = of(mean, r).sample(40_000, seeded(3));
        Estimate variance = Estimate.of(draws.minus(mean).square().toHost().toDoubles());
        assertThat(variance.mean()).isCloseTo(mean + mean * mean / r, within(variance.margin()));
    }

    @Test
    void whereRIsLargeItIsPoissonInSingleNumbersToo() {
        for (int x = 0; x < 20; x++) {
            double poisson = new Poisson(floats(1.5), 0).logProb(floats(x)).item();
            double logProb = new NegativeBinomial(floats(1.5), floats(18), 0)
                    .logProb(floats(x))
                    .item();
            assertThat(logProb).isCloseTo(poisson, within(1e-4)); // of FLOAT32, and of x² / r = 6e-6
        }
    }
}
