package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.grid;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixtureTest {
    private static Tensor normal(long seed, long... shape) {
        return seeded(seed).normal(Shape.of(shape)).to(DType.FLOAT64);
    }

    private static Mixture mixture(int components, int dims) {
        return new Mixture(
                normal(1, components),
                new DiagonalNormal(normal(2, components, dims).times(2), normal(3, components, dims), 1),
                1);
    }

    @Test
    void theDensityIntegratesToOne() {
        double[] points = grid(-30, 30, 6001);
        Tensor density = mixture(4, 1)
                .logProb(Tensor.of(HostArray.of(points, points.length, 1), Device.CPU))
                .exp();
        assertThat(density.sum().item() * 0.01).isEqualTo(1, within(1e-9)); // smooth: the sum is the integral
    }

    @Test
    void aSingleComponentIsThatDistribution() {
        DiagonalNormal one = new DiagonalNormal(normal(1, 1, 3), normal(2, 1, 3), 1);
        Mixture mixture = new Mixture(normal(3, 1), one, 1);
        Tensor z = normal(4, 7, 3);
        assertThat(mixture.logProb(z).minus(one.logProb(z)).abs().max().item()).isLessThan(1e-12);
    }

    @Test
    void theMeanOfSamplesIsTheCentre() {
        Mixture mixture = mixture(4, 2);
        Tensor samples = mixture.sample(20_000, seeded(5));
        for (int d = 0; d < 2; d++) {
            Estimate estimate = Estimate.of(samples.get(1, d).toHost().toDoubles());
            assertThat(mixture.centre().toHost().toDoubles()[d]).isCloseTo(estimate.mean(), within(estimate.margin()));
        }
    }

    @Test
    void normalsUnderAProductAreThoseElementByElement() {
        DiagonalNormal normals =
                new DiagonalNormal(normal(1, 5, 3), normal(2, 5, 3).times(2), 1);
        Tensor z = normal(3, 2, 4, 3).times(3);
        Tensor each = normals.logProb(z.unsqueeze(-2)); // [2, 4, 5]
        assertThat(normals.logProbUnderEach(z, 1).shape()).isEqualTo(each.shape());
        assertThat(normals.logProbUnderEach(z, 1).minus(each).abs().max().item())
                .isLessThan(1e-11);
    }

    /** Squares of 3,000 deviations differ by less than their last digit in FLOAT32. */
    @Test
    void narrowNormalsFarFromZeroKeepTheirDigits() {
        Tensor loc = Tensor.of(new float[] {3, -2, 3.001f, -2.001f}, 2, 2);
        DiagonalNormal narrow = new DiagonalNormal(loc, loc.zerosLike().fill(2 * Math.log(1e-3)), 1);
        Tensor z = Tensor.of(new float[] {3.0004f, -2.0007f}, 1, 2);
        DiagonalNormal exact =
                new DiagonalNormal(loc.to(DType.FLOAT64), narrow.logVar().to(DType.FLOAT64), 1);
        Tensor expected = exact.logProb(z.to(DType.FLOAT64).unsqueeze(-2));
        assertThat(narrow.logProbUnderEach(z, 1)
                        .to(DType.FLOAT64)
                        .minus(expected)
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-6); // FLOAT32 of a density of about 11 nats
    }

    @Test
    void gradientsOfTheDensityAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(normal(1, 4), normal(2, 4, 2), normal(3, 4, 2));
        Tensor z = GradientCheck.requiring(normal(4, 6, 2))[0];
        GradientCheck.compare(
                () -> new Mixture(parameters[0], new DiagonalNormal(parameters[1], parameters[2], 1), 1)
                        .logProb(z)
                        .mean(),
                parameters[0],
                parameters[1],
                parameters[2],
                z);
    }
}
