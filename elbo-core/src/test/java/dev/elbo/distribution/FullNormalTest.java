package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullNormalTest extends VectorContract {
    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        Tensor factor = normals(Shape.of(batch, dims, dims), 0, 0.5, rng);
        Tensor identity = Tensor.arange(dims, Device.CPU).oneHot(dims).to(DType.FLOAT64);
        Tensor diagonal = factor.times(identity).exp().times(identity);
        return new Tensor[] {
            normals(Shape.of(batch, dims), 0, 1, rng), factor.tril(-1).plus(diagonal)
        };
    }

    /** Of the factor only the lower triangle, as all who make one do. */
    @Override
    Pathwise of(Tensor... parameters) {
        return new FullNormal(parameters[0], parameters[1].tril(0));
    }

    @Override
    Quadrature quadrature() {
        return Quadrature.ofPlane(14, 351);
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        Tensor logVar = normals(Shape.of(batch, dims), 0, 0.7, rng);
        return List.of(
                new DiagonalNormal(normals(Shape.of(batch, dims), 0, 1, rng), logVar, 1),
                of(parameters(batch, dims, rng)));
    }

    @Test
    void withADiagonalFactorItIsTheDiagonalNormal() {
        Tensor loc = normals(Shape.of(4, 3), 0, 1, seeded(1));
        Tensor logVar = normals(Shape.of(4, 3), 0, 1, seeded(2));
        Tensor identity = Tensor.arange(3, Device.CPU).oneHot(3).to(DType.FLOAT64);
        FullNormal full =
                new FullNormal(loc, logVar.times(0.5).exp().unsqueeze(-1).times(identity));
        DiagonalNormal diagonal = new DiagonalNormal(loc, logVar, 1);
        Tensor z = full.sample(5, seeded(3));
        assertThat(largest(z.minus(diagonal.sample(5, seeded(3))))).isLessThan(1e-14);
        assertThat(largest(full.logProb(z).minus(diagonal.logProb(z)))).isLessThan(1e-12);
        Tensor standard = loc.zerosLike();
        DiagonalNormal other = new DiagonalNormal(standard, standard, 1);
        assertThat(largest(full.klTo(other)
                        .orElseThrow()
                        .minus(diagonal.klTo(other).orElseThrow())))
                .isLessThan(1e-12);
    }

    @Test
    void theDivergenceFromItselfIsZero() {
        FullNormal p = (FullNormal) of(parameters(3, 5, seeded(1)));
        assertThat(largest(p.klTo(p).orElseThrow())).isLessThan(1e-12);
        assertThat(p.klPerElementTo(p)).isEmpty();
        assertThat(p.klTo(new Laplace(p.loc(), p.loc(), 1))).isEmpty();
    }

    @Test
    void theCovarianceOfSamplesIsTheSquareOfTheFactor() {
        FullNormal p = (FullNormal) of(parameters(1, 3, seeded(1)));
        Tensor z = p.sample(20_000, seeded(2)).squeeze(1).minus(p.loc());
        Tensor expected = p.factor().squeeze(0).matmul(p.factor().squeeze(0).transpose(0, 1));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                Estimate covariance =
                        Estimate.of(z.get(1, i).times(z.get(1, j)).toHost().toDoubles());
                assertThat(expected.get(0, i).get(0, j).item())
                        .isCloseTo(covariance.mean(), within(covariance.margin()));
            }
        }
    }

    @Test
    void densityAndDivergenceAreFiniteForExtremeScales() {
        for (double scale : new double[] {1e-15, 1e15}) {
            Tensor factor = Tensor.of(new float[] {(float) scale, 0, 1, 1}, 1, 2, 2);
            FullNormal extreme = new FullNormal(floats(1, 2).unsqueeze(0), factor);
            Scored z = extreme.rsample(3, seeded(1));
            assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
            assertThat(extreme.klTo(DiagonalNormal.standard(2, Device.CPU))
                            .orElseThrow()
                            .item())
                    .isFinite()
                    .isPositive();
        }
    }
}
