package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscretisedLogisticMixtureTest extends DistributionContract {
    private static final int COMPONENTS = 3;
    private static final int LEVELS = 256;
    private static final double[] SUPPORT = grid(0, 1, LEVELS);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        Shape each = shape.append(COMPONENTS);
        return new Tensor[] {normals(each, 0, 1, rng), normals(each, 0.5, 0.03, rng), normals(each, -4, 0.2, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new DiscretisedLogisticMixture(parameters[0], parameters[1], parameters[2], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 1;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-80, -20, -8.5, -3.3, 0, 5, 20, 80})
    void theMassOfAllLevelsIsOneForEveryScale(double logScale) {
        Tensor levels = Tensor.of(HostArray.of(grid(0, 1, LEVELS), LEVELS), Device.CPU);
        for (double loc : new double[] {-3, 0, 0.4999, 100.25 / 255, 1, 7}) {
            DiscretisedLogisticMixture mixture = of(DType.FLOAT64, loc, logScale);
            assertThat(mixture.logProb(levels).exp().sum().item()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void onTheEdgeOfTwoLevelsNoMassIsLostToRounding() {
        // −8.5 is the least that the likelihood allows: an edge is rounded to 3e-8 of 2e-4
        Tensor mass = single(0.5, -8.5).logProb(floats(grid(0, 1, LEVELS))).exp();
        assertThat(mass.sum().item()).isCloseTo(1, within(1e-4));
        assertThat(mass.max().item()).isCloseTo(0.5, within(1e-4));
    }

    /** One component, [1, 1]. */
    private static DiscretisedLogisticMixture of(DType type, double loc, double logScale) {
        Tensor[] parameters = DoubleStream.of(0, loc, logScale)
                .mapToObj(value -> Tensor.of(HostArray.of(new double[] {value}, 1, 1), Device.CPU))
                .map(parameter -> parameter.to(type))
                .toArray(Tensor[]::new);
        return new DiscretisedLogisticMixture(parameters[0], parameters[1], parameters[2], 0);
    }

    private static DiscretisedLogisticMixture single(double loc, double logScale) {
        return of(DType.FLOAT32, loc, logScale);
    }

    @Test
    void everyLevelHasAFiniteDensityHoweverFarOrNarrow() {
        Tensor levels = floats(grid(0, 1, LEVELS));
        for (double logScale : new double[] {-80, -8.5, 0, 80}) {
            Tensor logProb = single(0.25, logScale).logProb(levels);
            assertThat(logProb.allFinite().item()).isEqualTo(1);
        }
    }

    @Test
    void aNarrowComponentPutsAllMassOnItsLevel() {
        assertThat(single(100.0 / 255, -20).logProb(floats(100.0 / 255)).item())
                .isCloseTo(0, within(Rounding.ofFormula(DType.FLOAT32, 1)));
        assertThat(single(-5, -8).logProb(floats(0)).item()).isCloseTo(0, within(Rounding.ofFormula(DType.FLOAT32, 1)));
        assertThat(single(5, -8).logProb(floats(1)).item()).isCloseTo(0, within(Rounding.ofFormula(DType.FLOAT32, 1)));
    }

    /** Beside the ends and far outside too, where a location is no mean: a pixel of location −0.1 and scale 0.1 is not 0. */
    @ParameterizedTest
    @ValueSource(doubles = {-80, -8.5, -7, -5, -3.3, -2, 0, 3, 20, 80})
    void theCentreIsTheMeanOfAllLevels(double logScale) {
        Tensor levels = Tensor.of(HostArray.of(grid(0, 1, LEVELS), LEVELS), Device.CPU);
        // the midpoint rule of h = 1/255 errs by h²/24 of the slopes at both ends, 1/(4s) at most, and a little more of
        // their
        // third derivatives; a step narrower than a level lies anywhere between two midpoints
        double h = 1.0 / 255;
        double scale = Math.exp(logScale);
        double tolerance = 1e-9 + (scale < h ? h / 2 : 1.1 * h * h / (96 * scale));
        for (double loc : new double[] {-100, -3, -0.1, 0, 0.02, 100.25 / 255, 0.501, 0.98, 1, 1.1, 7, 100}) {
            double mean = of(DType.FLOAT64, loc, logScale)
                    .logProb(levels)
                    .exp()
                    .times(levels)
                    .sum()
                    .item();
            assertThat(of(DType.FLOAT64, loc, logScale).centre().item()).isCloseTo(mean, within(tolerance));
            assertThat(single(loc, logScale).centre().item())
                    .isCloseTo(mean, within(tolerance + Rounding.ofFormula(DType.FLOAT32, 1)));
        }
    }

    @Test
    void theCentreIsTheClosedFormAndItsGradientIsFinite() {
        double s = Math.exp(-2);
        double loc = -0.1;
        double closed = s * (Math.log1p(Math.exp(loc / s)) - Math.log1p(Math.exp((loc - 1) / s)));
        assertThat(single(loc, -2).centre().item()).isCloseTo(closed, within(Rounding.ofFormula(DType.FLOAT32, 1)));
        for (double logScale : new double[] {-80, -8.5, 0, 80}) {
            Tensor location = floats(-5, 0, 0.5, 1, 7).requireGradient();
            Tensor scale =
                    floats(logScale, logScale, logScale, logScale, logScale).requireGradient();
            new DiscretisedLogisticMixture(location.zerosLike(), location, scale, 0)
                    .centre()
                    .backward();
            assertThat(location.gradient().allFinite().item()).isEqualTo(1);
            assertThat(scale.gradient().allFinite().item()).isEqualTo(1);
        }
    }

    @Test
    void samplesAreLevels() {
        Tensor levels = of(1, parameters(Shape.of(50), Rng.seeded(1, Device.CPU)))
                .sample(20, Rng.seeded(2, Device.CPU))
                .times(LEVELS - 1);
        assertThat(levels.minus(levels.round()).abs().max().item())
                .isLessThan(Rounding.ofFormula(DType.FLOAT64, LEVELS));
        assertThat(levels.min().item()).isNotNegative();
        assertThat(levels.max().item()).isLessThanOrEqualTo(LEVELS - 1);
    }

    @Test
    void samplesFollowTheMassOfTheLevels() {
        DiscretisedLogisticMixture wide = single(0.02, -4);
        int draws = 40_000;
        Tensor zeros = wide.sample(draws, Rng.seeded(1, Device.CPU)).lessThan(0.5 / 255);
        double mass = wide.logProb(floats(0)).exp().item();
        assertThat(zeros.to(DType.FLOAT64).mean().item())
                .isCloseTo(mass, within(4 * Math.sqrt(mass * (1 - mass) / draws))); // 4 standard errors
    }
}
