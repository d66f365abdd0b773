package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirichletTest extends VectorContract {
    private static final int SIDE = 150;

    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {normals(Shape.of(batch, dims), 0, 0.5, rng).exp().plus(1)};
    }

    @Override
    Pathwise of(Tensor... parameters) {
        return new Dirichlet(parameters[0]);
    }

    /** The middles of small triangles, of which the large one is made. */
    @Override
    Quadrature quadrature() {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; i + j < SIDE; j++) {
                points.add(shares(i + 1.0 / 3, j + 1.0 / 3));
                if (i + j < SIDE - 1) {
                    points.add(shares(i + 2.0 / 3, j + 2.0 / 3));
                }
            }
        }
        double[] flat = points.stream().flatMapToDouble(Arrays::stream).toArray();
        return Quadrature.of(flat, 3, 0.5 / SIDE / SIDE);
    }

    private static double[] shares(double first, double second) {
        return new double[] {first / SIDE, second / SIDE, 1 - (first + second) / SIDE};
    }

    /** Of triangles at the border, where the density has a corner. */
    @Override
    double integrationError() {
        return 1e-3;
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of(of(parameters(batch, dims, rng)));
    }

    @Override
    boolean isFunctionOfNoise() {
        return false;
    }

    @Override
    boolean isStraight() {
        return false;
    }

    /** The variance of a share with mean m is m (1 − m) / (Σ α + 1). */
    @Test
    void atATemperatureTheMeanStays() {
        Tensor alpha = Tensor.of(new float[] {2, 3, 5}, 3).to(DType.FLOAT64);
        Tensor share = new Dirichlet(alpha).sample(20_000, 0.5, seeded(1)).get(-1, 0);
        Estimate mean = Estimate.of(share.toHost().toDoubles());
        assertThat(mean.mean()).isCloseTo(0.2, within(mean.margin()));
        Estimate variance = Estimate.of(share.minus(0.2).square().toHost().toDoubles());
        assertThat(variance.mean()).isCloseTo(0.2 * 0.8 / 41, within(variance.margin()));
    }

    @Test
    void withAllConcentrationsOneAllSharesAreAlike() {
        Tensor ones = floats(1, 1, 1);
        assertThat(new Dirichlet(ones).logProb(floats(0.2, 0.3, 0.5)).item())
                .isCloseTo(Math.log(2), within(Rounding.ofFormula(DType.FLOAT32, 2))); // of a triangle of area 1/2
        assertThat(new Dirichlet(ones).klTo(new Dirichlet(ones)).orElseThrow().item())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 1, 1e4})
    void sharesAreOneTogetherAndAllIsFinite(double alpha) {
        Tensor concentration = floats(alpha, alpha, 1, alpha).requireGradient();
        Dirichlet p = new Dirichlet(concentration);
        Scored z = p.rsample(500, seeded(1));
        assertThat(z.value().min().item()).isPositive();
        assertThat(largest(z.value().sum(-1).minus(1))).isLessThan(1e-6); // FLOAT32
        Tensor kl = p.klTo(new Dirichlet(floats(1, 1, 1, 1))).orElseThrow();
        assertThat(kl.item()).isFinite().isNotNegative();
        z.value().square().sum().plus(z.logProb().sum()).plus(kl).backward();
        assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(concentration.gradient().norm().item()).isFinite();
    }
}
