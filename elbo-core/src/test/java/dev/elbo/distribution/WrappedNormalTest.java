package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappedNormalTest extends VectorContract {
    private static final int ROWS = 400;
    private static final double FARTHEST = 11;

    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {normals(Shape.of(batch, dims), 0, 0.6, rng), normals(Shape.of(batch, dims), -1, 0.5, rng)};
    }

    /** μ is what a vector at the centre leads to. */
    @Override
    Pathwise of(Tensor... parameters) {
        return new WrappedNormal(WrappedNormal.ofTangent(parameters[0]), parameters[1]);
    }

    /** Circles around the centre, of radius r and circumference 2π sinh r. */
    @Override
    Quadrature quadrature() {
        double[] points = new double[2 * ROWS * ROWS];
        double[] volumes = new double[ROWS * ROWS];
        for (int i = 0; i < volumes.length; i++) {
            int row = i / ROWS;
            double radius = FARTHEST * (row + 0.5) / ROWS;
            double angle = 2 * Math.PI * (i % ROWS) / ROWS;
            points[2 * i] = Math.tanh(radius / 2) * Math.cos(angle);
            points[2 * i + 1] = Math.tanh(radius / 2) * Math.sin(angle);
            volumes[i] = Math.sinh(radius) * FARTHEST / ROWS * 2 * Math.PI / ROWS;
        }
        return new Quadrature(
                Tensor.of(HostArray.of(points, volumes.length, 2), Device.CPU),
                Tensor.of(HostArray.of(volumes, volumes.length), Device.CPU));
    }

    /** Of circles. */
    @Override
    double integrationError() {
        return 1e-3;
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of();
    }

    @Override
    boolean isStraight() {
        return false;
    }

    @Test
    void aroundTheCentreDistancesAreThoseOfTheNormal() {
        Tensor zeros = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(3));
        Tensor z = new WrappedNormal(zeros, zeros).sample(20, seeded(1));
        Tensor v = new DiagonalNormal(zeros, zeros, 1).sample(20, seeded(1));
        Tensor length = z.square().sum(-1).sqrt();
        Tensor distance = length.log1p().minus(length.negate().log1p()); // 2 artanh
        assertThat(largest(distance.minus(v.square().sum(-1).sqrt()))).isLessThan(1e-9);
    }

    @Test
    void ofSmallScaleItIsTheNormalOfTheFlatPlane() {
        // at the centre, lengths of the plane are twice those of the ball
        Tensor zeros = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(2));
        WrappedNormal p = new WrappedNormal(zeros, zeros.plus(-12));
        Tensor z = p.sample(20, seeded(1));
        Tensor flat = new DiagonalNormal(zeros, zeros.plus(-12), 1).logProb(z.times(2));
        assertThat(largest(p.logProb(z).minus(flat))).isLessThan(1e-4); // of the curvature, the square of 0.01
    }

    @ParameterizedTest
    @CsvSource({"0, -30", "0, 3", "8, 0", "30, 3"})
    void nearTheBorderAllIsFiniteInSinglePrecision(double away, double logVar) {
        Tensor tangent = floats(away, 0, 0).requireGradient();
        Tensor logVars = floats(logVar, logVar, logVar).requireGradient();
        WrappedNormal p = new WrappedNormal(WrappedNormal.ofTangent(tangent), logVars);
        Scored z = p.rsample(200, seeded(1));
        Tensor prior = new WrappedNormal(floats(0, 0, 0), floats(0, 0, 0)).logProb(z.value());
        z.value().sum().plus(z.logProb().sum()).plus(prior.sum()).backward();
        assertThat(z.value().square().sum(-1).max().item()).isLessThan(1);
        assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(prior.allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(tangent.gradient().norm().item()).isFinite();
        assertThat(logVars.gradient().norm().item()).isFinite();
    }
}
