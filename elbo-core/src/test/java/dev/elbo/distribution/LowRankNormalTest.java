package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowRankNormalTest extends VectorContract {
    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {
            normals(Shape.of(batch, dims), 0, 1, rng),
            normals(Shape.of(batch, dims), -1, 0.5, rng),
            normals(Shape.of(batch, 2, dims), 0, 0.8, rng)
        };
    }

    @Override
    Pathwise of(Tensor... parameters) {
        return new LowRankNormal(parameters[0], parameters[1], parameters[2]);
    }

    @Override
    Quadrature quadrature() {
        return Quadrature.ofPlane(14, 351);
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of(new DiagonalNormal(
                normals(Shape.of(batch, dims), 0, 1, rng), normals(Shape.of(batch, dims), 0, 0.7, rng), 1));
    }

    /** diag(exp(logVar)) + Σ u uᵀ. */
    private static Tensor covariance(LowRankNormal p) {
        Tensor identity = Tensor.arange(p.loc().size(-1), Device.CPU)
                .oneHot(p.loc().size(-1))
                .to(DType.FLOAT64);
        return p.factors()
                .transpose(-1, -2)
                .matmul(p.factors())
                .plus(p.logVar().exp().unsqueeze(-1).times(identity));
    }

    @Test
    void itIsTheNormalOfItsCovariance() {
        LowRankNormal p = (LowRankNormal) of(parameters(4, 5, seeded(1)));
        FullNormal full = new FullNormal(p.loc(), LinearAlgebra.cholesky(covariance(p)));
        Tensor z = p.sample(6, seeded(2));
        assertThat(largest(p.logProb(z).minus(full.logProb(z)))).isLessThan(1e-10);
        DiagonalNormal other = new DiagonalNormal(p.loc().times(0.5), p.logVar().plus(1), 1);
        assertThat(largest(p.klTo(other).orElseThrow().minus(full.klTo(other).orElseThrow())))
                .isLessThan(1e-10);
        assertThat(p.klTo(full)).isEmpty();
    }

    @Test
    void theDensityIsRightInSinglePrecisionWhereTheCovarianceIsNearlyOfLowRank() {
        // Woodbury's identity would take the difference of two numbers of 10⁹ here
        Tensor loc = normals(Shape.of(3, 5), 0, 1, seeded(1));
        Tensor logVar = loc.zerosLike().plus(-18);
        Tensor factors = normals(Shape.of(3, 2, 5), 0, 1, seeded(2));
        Tensor z = new LowRankNormal(loc, logVar, factors).sample(4, seeded(3));
        Tensor single = new LowRankNormal(loc.to(DType.FLOAT32), logVar.to(DType.FLOAT32), factors.to(DType.FLOAT32))
                .logProb(z.to(DType.FLOAT32));
        Tensor exact = new LowRankNormal(
                        loc.to(DType.FLOAT32).to(DType.FLOAT64),
                        logVar,
                        factors.to(DType.FLOAT32).to(DType.FLOAT64))
                .logProb(z.to(DType.FLOAT32).to(DType.FLOAT64));
        // 10⁴ units of scale, each rounded at 6e-8 of them, squared: relative to the squares that are left
        double error = largest(single.to(DType.FLOAT64).minus(exact));
        assertThat(error).isLessThan(0.01 * largest(exact));
    }

    @Test
    void densityAndDivergenceAreFiniteForExtremeScales() {
        for (double logVar : new double[] {-70, 70}) {
            Tensor factors = Tensor.of(new float[] {1, 1, 1, 1}, 1, 2, 2); // of rank 1 in truth
            LowRankNormal extreme = new LowRankNormal(
                    floats(1, 2).unsqueeze(0), floats(logVar, 0).unsqueeze(0), factors);
            assertThat(extreme.rsample(3, seeded(1))
                            .logProb()
                            .allFinite()
                            .to(DType.INT64)
                            .item())
                    .isEqualTo(1);
            assertThat(extreme.klTo(DiagonalNormal.standard(2, Device.CPU))
                            .orElseThrow()
                            .item())
                    .isFinite()
                    .isPositive();
        }
    }
}
