package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every distribution promises. Numbers are compared in FLOAT64. */
@ExtendWith(InAScope.class)
abstract class DistributionContract {
    private static final int EXAMPLES = 6;
    private static final int DRAWS = 20_000;

    /** Parameters of several distributions, FLOAT64 [shape..., and what else a parameter has]. */
    public abstract Tensor[] parameters(Shape shape, Rng rng);

    /** The distribution with these parameters. */
    public abstract Factorised of(int eventRank, Tensor... parameters);

    /** Values of a single element between which no mass lies, or which integrals are summed over, [N]. */
    protected abstract double[] support();

    /** What {@link #support()}'s values are apart; 1 if they are all that there are. */
    protected abstract double spacing();

    /** How far a sum over the support may be off. */
    protected double integrationError() {
        return 1e-6;
    }

    /** A sample as what {@link #mean} is the mean of. */
    protected Tensor expected(Tensor sample) {
        return sample;
    }

    /** The expectation of samples: the centre, where values can be averaged. */
    protected Tensor mean(Factorised distribution) {
        return distribution.centre();
    }

    static Rng seeded(long seed) {
        return Rng.seeded(seed, Device.CPU);
    }

    private Factorised example(long seed) {
        return of(0, parameters(Shape.of(EXAMPLES), seeded(seed)));
    }

    @Test
    void theDensityIntegratesToOne() {
        Tensor points = Tensor.of(HostArray.of(support(), support().length, 1), Device.CPU);
        Tensor mass = example(1).logProb(values(points)).exp().sum(0).times(spacing());
        double[] ones = new double[EXAMPLES];
        Arrays.fill(ones, 1);
        assertThat(mass.toHost().toDoubles()).containsExactly(ones, within(integrationError()));
    }

    /** Numbers as the distribution's values. */
    protected Tensor values(Tensor numbers) {
        return numbers;
    }

    @Test
    void theMeanOfSamplesIsTheMean() {
        Factorised distribution = example(2);
        Tensor samples = expected(distribution.sample(DRAWS, seeded(3))).reshape(DRAWS, -1);
        double[] means = mean(distribution).reshape(-1).toHost().toDoubles();
        for (int i = 0; i < means.length; i++) {
            Estimate estimate = Estimate.of(samples.get(1, i).toHost().toDoubles());
            assertThat(means[i]).isCloseTo(estimate.mean(), within(estimate.margin() + 1e-9));
        }
    }

    @Test
    void whereThereIsNoClosedFormNoDivergenceIsGiven() {
        Factorised p = example(9);
        assertThat(p.klTo(p).isPresent()).isEqualTo(this instanceof ClosedDivergenceContract);
        assertThat(p.klTo(new Stranger())).isEmpty();
    }

    private record Stranger() implements Distribution {
        @Override
        public Tensor logProb(Tensor value) {
            return value;
        }

        @Override
        public Tensor sample(int samples, Rng rng) {
            return centre();
        }

        @Override
        public Tensor centre() {
            return Tensor.scalar(0, Device.CPU);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shapesAreThoseOfSamplesBatchAndEvent(int eventRank) {
        Shape event = Shape.of(4, 2, 3).slice(0, eventRank);
        Shape batch = Shape.of(2);
        Tensor[] parameters = parameters(event.prepend(2), seeded(1));
        Factorised distribution = of(eventRank, parameters);
        Tensor samples = distribution.sample(5, seeded(2));
        assertThat(samples.shape()).isEqualTo(event.prepend(5, 2));
        assertThat(distribution.centre().shape()).isEqualTo(samples.get(0, 0).shape());
        assertThat(mean(distribution).shape())
                .isEqualTo(expected(samples).get(0, 0).shape());
        assertThat(distribution.logProb(samples).shape()).isEqualTo(batch.prepend(5));
        assertThat(distribution.logProb(samples.get(0, 0)).shape()).isEqualTo(batch);
        assertThat(distribution.logProb(samples.get(0, 0).get(0, 0)).shape()).isEqualTo(batch);
        assertThat(distribution.logProbPerElement(samples).shape()).isEqualTo(samples.shape());
        assertThat(distribution.eventRank()).isEqualTo(eventRank);
        distribution
                .klPerElementTo(distribution)
                .ifPresent(kl -> assertThat(kl.shape()).isEqualTo(event.prepend(2)));
        distribution.klTo(distribution).ifPresent(kl -> assertThat(kl.shape()).isEqualTo(batch));
    }

    @Test
    void theDensityOfAnEventIsTheProductOverItsElements() {
        Tensor[] parameters = parameters(Shape.of(3, 4), seeded(1));
        Tensor samples = of(1, parameters).sample(2, seeded(2));
        Tensor sum = of(0, parameters).logProb(samples).sum(-1);
        double rounding = Rounding.ofSum(DType.FLOAT64, 4, sum.abs().max().item());
        assertThat(of(1, parameters).logProb(samples).minus(sum).abs().max().item())
                .isLessThanOrEqualTo(rounding);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT64", "FLOAT32"})
    void densitiesAndSamplesAreOfTheParametersType(DType type) {
        Tensor[] parameters = parameters(Shape.of(4), seeded(1));
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = parameters[i].to(type);
        }
        Factorised distribution = of(1, parameters);
        Tensor samples = distribution.sample(2, seeded(2));
        assertThat(expected(samples).to(type).dtype()).isEqualTo(type);
        assertThat(mean(distribution).dtype()).isEqualTo(type);
        assertThat(distribution.logProb(samples).dtype()).isEqualTo(type);
    }

    @Test
    void theSameNoiseGivesTheSameSamplesAndNoTwoAreAlike() {
        Factorised distribution = of(1, parameters(Shape.of(200), seeded(1)));
        Tensor samples = distribution.sample(2, seeded(2));
        assertThat(samples.toHost()).isEqualTo(distribution.sample(2, seeded(2)).toHost());
        assertThat(samples.get(0, 0).toHost()).isNotEqualTo(samples.get(0, 1).toHost());
    }

    @Test
    void atTemperatureOneSamplesAreThoseOfTheDistributionAndAtZeroItsCentre() {
        Factorised distribution = of(1, parameters(Shape.of(3, 4), seeded(1)));
        Tensor centres = distribution.centre().expand(Shape.of(5, 3, 4));
        assertThat(distribution.sample(5, 1, seeded(2)).toHost())
                .isEqualTo(distribution.sample(5, seeded(2)).toHost());
        Tensor cold = distribution.sample(5, 0, seeded(2));
        assertThat(cold.dtype()).isEqualTo(distribution.sample(5, seeded(2)).dtype());
        if (!coldIsTheLikeliest()) {
            assertThat(cold.toHost()).isEqualTo(centres.toHost());
        }
    }

    /** Whether samples without temperature are the likeliest value, which is not the mean: of coins. */
    protected boolean coldIsTheLikeliest() {
        return false;
    }

    @Test
    void noGradientPassesThroughASample() {
        Tensor[] parameters = GradientCheck.requiring(parameters(Shape.of(4), seeded(1)));
        assertThat(of(1, parameters).sample(2, seeded(2)).requiresGradient()).isFalse();
    }

    @Test
    void gradientsOfTheDensityAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(parameters(Shape.of(EXAMPLES), seeded(1)));
        Tensor samples = of(0, parameters).sample(7, seeded(2));
        GradientCheck.compare(() -> of(0, parameters).logProb(samples).mean(), parameters);
    }

    /** {@code count} numbers from {@code first} to {@code last}. */
    protected static double[] grid(double first, double last, int count) {
        double[] points = new double[count];
        for (int i = 0; i < count; i++) {
            points[i] = first + (last - first) * i / (count - 1);
        }
        return points;
    }

    /** FLOAT64 numbers of N(mean, deviation²). */
    protected static Tensor normals(Shape shape, double mean, double deviation, Rng rng) {
        return rng.normal(shape).to(DType.FLOAT64).times(deviation).plus(mean);
    }

    /** FLOAT32, as networks give them. */
    protected static Tensor floats(double... values) {
        return Tensor.of(HostArray.of(values, values.length), Device.CPU).to(DType.FLOAT32);
    }
}
