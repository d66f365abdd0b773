package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
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

class VonMisesFisherTest extends VectorContract {
    private static final int ROWS = 300;

    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {
            normals(Shape.of(batch, dims), 0, 1, rng),
            normals(Shape.of(batch, 1), 1, 0.7, rng).exp()
        };
    }

    /** The direction may have any length. */
    @Override
    Pathwise of(Tensor... parameters) {
        return new VonMisesFisher(UniformSphere.unit(parameters[0]), parameters[1]);
    }

    /** Latitudes and longitudes of a sphere. */
    @Override
    Quadrature quadrature() {
        double[] points = new double[3 * ROWS * ROWS];
        double[] volumes = new double[ROWS * ROWS];
        for (int i = 0; i < points.length / 3; i++) {
            int row = i / ROWS;
            double latitude = Math.PI * (row + 0.5) / ROWS;
            double longitude = 2 * Math.PI * (i % ROWS) / ROWS;
            points[3 * i] = Math.cos(latitude);
            points[3 * i + 1] = Math.sin(latitude) * Math.cos(longitude);
            points[3 * i + 2] = Math.sin(latitude) * Math.sin(longitude);
            volumes[i] = Math.sin(latitude) * 2 * Math.PI * Math.PI / ROWS / ROWS;
        }
        return new Quadrature(
                Tensor.of(HostArray.of(points, volumes.length, 3), Device.CPU),
                Tensor.of(HostArray.of(volumes, volumes.length), Device.CPU));
    }

    /** Of latitudes. */
    @Override
    double integrationError() {
        return 1e-4;
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of(new UniformSphere(dims, Device.CPU));
    }

    @Override
    boolean isFunctionOfNoise() {
        return false;
    }

    @Override
    boolean isStraight() {
        return false;
    }

    private static VonMisesFisher around(int dims, double kappa) {
        Tensor axis = Tensor.arange(dims, Device.CPU).equalTo(0).to(DType.FLOAT64);
        return new VonMisesFisher(axis, axis.narrow(0, 0, 1).times(kappa));
    }

    @Test
    void withoutConcentrationItIsTheUniformDistribution() {
        for (int dims : new int[] {2, 3, 20, 50}) {
            UniformSphere uniform = new UniformSphere(dims, Device.CPU);
            Tensor x = uniform.sample(5, seeded(1)).to(DType.FLOAT64);
            VonMisesFisher p = around(dims, 0);
            assertThat(largest(p.logProb(x).minus(uniform.logProb(x)))).isLessThan(1e-7); // of Bessel functions
            assertThat(p.klTo(uniform).orElseThrow().item()).isCloseTo(0, within(1e-7));
        }
        assertThat(UniformSphere.logSurface(3)).isCloseTo(Math.log(4 * Math.PI), within(1e-12));
        assertThat(UniformSphere.logSurface(2)).isCloseTo(Math.log(2 * Math.PI), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "2, 20", "3, 5", "5, 1", "20, 30", "50, 0.1", "50, 300"})
    void drawsHaveLengthOneAndTheMeanOfTheFormula(int dims, double kappa) {
        VonMisesFisher p = around(dims, kappa);
        Tensor z = p.sample(5_000, seeded(1));
        assertThat(largest(z.square().sum(-1).minus(1))).isLessThan(1e-12);
        double mean = Bessel.of(dims / 2.0 - 1, p.concentration()).ratio().item();
        Estimate along = Estimate.of(z.get(-1, 0).toHost().toDoubles());
        assertThat(mean).isCloseTo(along.mean(), within(along.margin()));
        Estimate aside = Estimate.of(z.get(-1, 1).toHost().toDoubles());
        assertThat(aside.mean()).isCloseTo(0, within(aside.margin()));
        // Var w = 1 − A² − (D − 1) A / κ
        double variance = 1 - mean * mean - (dims - 1) * mean / kappa;
        Estimate squares =
                Estimate.of(z.get(-1, 0).minus(mean).square().toHost().toDoubles());
        assertThat(variance).isCloseTo(squares.mean(), within(squares.margin()));
        Tensor logRatios = p.logProb(z).plus(UniformSphere.logSurface(dims));
        Estimate kl = Estimate.of(logRatios.toHost().toDoubles());
        assertThat(p.klTo(new UniformSphere(dims, Device.CPU)).orElseThrow().item())
                .isCloseTo(kl.mean(), within(kl.margin() + 1e-7));
    }

    /** −(∂F/∂κ) / p at w, with F(w) ∝ ∫ exp(κ t) (1 − t²)^((D−3)/2) dt, by sums over the angle. */
    private static double implicit(int dims, double kappa, double w) {
        double step = 1e-4 * Math.max(1, kappa);
        double change = (below(dims, kappa + step, w) - below(dims, kappa - step, w)) / (2 * step);
        double angle = Math.acos(w);
        return -change / (density(dims, kappa, angle) / total(dims, kappa)) * Math.sin(angle);
    }

    private static double density(int dims, double kappa, double angle) {
        return Math.exp(kappa * (Math.cos(angle) - 1) + (dims - 2) * Math.log(Math.sin(angle)));
    }

    private static double total(int dims, double kappa) {
        return integral(dims, kappa, 0, Math.PI);
    }

    private static double below(int dims, double kappa, double w) {
        return integral(dims, kappa, Math.acos(w), Math.PI) / total(dims, kappa);
    }

    private static double integral(int dims, double kappa, double from, double to) {
        int count = 20_000;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += density(dims, kappa, from + (to - from) * (i + 0.5) / count);
        }
        return sum * (to - from) / count;
    }

    @ParameterizedTest
    @CsvSource({"2, 0.3", "2, 30", "3, 1", "3, 200", "5, 4", "20, 0.5", "20, 50", "50, 5", "50, 500"})
    void aDrawMovesWithTheConcentrationAsItsDistributionFunctionSays(int dims, double kappa) {
        for (int seed = 0; seed < 12; seed++) {
            Tensor axis = Tensor.arange(dims, Device.CPU).equalTo(0).to(DType.FLOAT64);
            Tensor concentration = axis.narrow(0, 0, 1).times(kappa).detach().requireGradient();
            Tensor w = new VonMisesFisher(axis, concentration)
                    .rsample(1, seeded(seed))
                    .value()
                    .get(-1, 0);
            w.sum().backward();
            double expected = implicit(dims, kappa, w.item());
            double scale = Math.max(Math.abs(expected), 1e-3 / kappa);
            // of the differences in κ, 10⁻⁸ relative to a third derivative, and of sums at 20,000 points
            assertThat(concentration.gradient().item()).isCloseTo(expected, within(1e-3 * scale));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1e-6", "2, 1e5", "3, 1e5", "50, 1e-6", "50, 1e5"})
    void drawsDensitiesAndGradientsAreFiniteInSinglePrecision(int dims, double kappa) {
        Tensor loc =
                UniformSphere.unit(seeded(2).normal(Shape.of(dims))).detach().requireGradient();
        Tensor concentration = floats(kappa).requireGradient();
        VonMisesFisher p = new VonMisesFisher(loc, concentration);
        Scored z = p.rsample(200, seeded(1));
        Tensor kl = p.klTo(new UniformSphere(dims, Device.CPU)).orElseThrow();
        assertThat(kl.item()).isFinite().isGreaterThan(-1e-6);
        z.value().sum().plus(z.logProb().sum()).plus(kl).backward();
        // where a normal vector of the plane is nearly along μ, few digits are left of what is aside
        assertThat(largest(z.value().square().sum(-1).minus(1))).isLessThan(1e-4);
        assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(concentration.gradient().norm().item()).isFinite();
        assertThat(loc.gradient().norm().item()).isFinite();
    }
}
