package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reparameterised distribution over vectors promises whose dimensions are not independent. In FLOAT64. */
@ExtendWith(InAScope.class)
abstract class VectorContract {
    private static final int BATCH = 3;
    private static final double ROUNDING = 1e-9; // of some hundred operations on numbers up to some hundred, FLOAT64

    /** Parameters of a batch of distributions over vectors of so many dimensions, [batch, ...]. */
    abstract Tensor[] parameters(int batch, int dims, Rng rng);

    /** The distribution with these parameters. */
    abstract Pathwise of(Tensor... parameters);

    /** What integrals are summed over. */
    abstract Quadrature quadrature();

    /** How far a sum over the points may be off. */
    double integrationError() {
        return 1e-6;
    }

    /** Distributions from which this has a divergence in closed form, over vectors of so many dimensions. */
    abstract List<Distribution> closedTo(int batch, int dims, Rng rng);

    /** Whether samples are a function of the parameters and of noise that does not depend on them. */
    boolean isFunctionOfNoise() {
        return true;
    }

    /** Whether colder samples lie on the straight line to the centre. */
    boolean isStraight() {
        return true;
    }

    private int dims() {
        return (int) quadrature().points().size(-1);
    }

    private Pathwise example(int batch, int dims, long seed) {
        return of(parameters(batch, dims, seeded(seed)));
    }

    @Test
    void theDensityIntegratesToOne() {
        Tensor mass = quadrature()
                .of(example(BATCH, dims(), 1), x -> x.get(-1, 0).zerosLike().plus(1));
        assertThat(mass.toHost().toDoubles()).containsExactly(new double[] {1, 1, 1}, within(integrationError()));
    }

    @Test
    void shapesAreThoseOfSamplesBatchAndEvent() {
        for (int dims : new int[] {2, 5}) {
            Pathwise p = example(4, dims, 1);
            Scored z = p.rsample(6, seeded(2));
            assertThat(z.value().shape()).isEqualTo(Shape.of(6, 4, dims));
            assertThat(z.logProb().shape()).isEqualTo(Shape.of(6, 4));
            assertThat(p.centre().shape()).isEqualTo(Shape.of(4, dims));
            assertThat(p.logProb(z.value()).shape()).isEqualTo(Shape.of(6, 4));
            assertThat(p.logProb(z.value().get(0, 0)).shape()).isEqualTo(Shape.of(4));
            assertThat(p.logProbUnderEach(z.value(), 1).shape()).isEqualTo(Shape.of(6, 4, 4));
        }
    }

    @Test
    void aScoredSampleKnowsItsDensity() {
        Pathwise p = example(4, 5, 1);
        Scored z = p.rsample(20, seeded(2));
        assertThat(largest(z.logProb().minus(p.logProb(z.value())))).isLessThan(ROUNDING);
    }

    @Test
    void theDensityUnderEachOfABatchIsThatOfThatOne() {
        Pathwise p = example(4, 5, 1);
        Tensor z = p.sample(6, seeded(2)); // [6, 4, 5]
        Tensor own = Tensor.arange(4, Device.CPU).oneHot(4).to(DType.FLOAT64);
        Tensor each = p.logProbUnderEach(z, 1).times(own).sum(-1);
        assertThat(largest(each.minus(p.logProb(z)))).isLessThan(ROUNDING);
    }

    @Test
    void theSameNoiseGivesTheSameSamplesAndNoTwoAreAlike() {
        Pathwise p = example(1, 5, 1);
        Tensor z = p.sample(2, seeded(2));
        assertThat(z.requiresGradient()).isFalse();
        assertThat(z.toHost()).isEqualTo(p.rsample(2, seeded(2)).value().toHost());
        assertThat(z.get(0, 0).toHost()).isNotEqualTo(z.get(0, 1).toHost());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT64", "FLOAT32"})
    void densitiesAndSamplesAreOfTheParametersType(DType type) {
        Tensor[] parameters = parameters(2, 5, seeded(1));
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = parameters[i].to(type);
        }
        Scored z = of(parameters).rsample(3, seeded(2));
        assertThat(z.value().dtype()).isEqualTo(type);
        assertThat(z.logProb().dtype()).isEqualTo(type);
        assertThat(of(parameters).logProb(z.value()).dtype()).isEqualTo(type);
        assertThat(of(parameters).centre().dtype()).isEqualTo(type);
    }

    @Test
    void detachedParametersReceiveNoGradient() {
        Pathwise p = of(GradientCheck.requiring(parameters(3, 5, seeded(1))));
        Pathwise detached = p.detached();
        assertThat(detached).hasSameClassAs(p);
        Tensor z = detached.rsample(2, seeded(2)).value();
        assertThat(z.requiresGradient()).isFalse();
        assertThat(detached.logProb(z).requiresGradient()).isFalse();
        assertThat(detached.logProb(z).toHost()).isEqualTo(p.logProb(z).toHost());
    }

    @Test
    void atTemperatureOneSamplesAreThoseOfTheDistributionAndAtZeroItsCentre() {
        Pathwise p = example(2, 5, 1);
        assertThat(p.sample(3, 1, seeded(2)).toHost())
                .isEqualTo(p.sample(3, seeded(2)).toHost());
        Tensor cold = p.sample(3, 0, seeded(2));
        assertThat(largest(cold.minus(p.centre()))).isLessThan(ROUNDING);
        if (isStraight()) {
            Tensor between = p.centre().plus(p.sample(3, seeded(2))).over(2);
            assertThat(largest(p.sample(3, 0.5, seeded(2)).minus(between))).isLessThan(ROUNDING);
        }
    }

    @Test
    void gradientsOfTheDensityAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(parameters(3, 4, seeded(1)));
        Tensor z = of(parameters).sample(5, seeded(2));
        GradientCheck.compare(() -> of(parameters).logProb(z).mean(), parameters);
    }

    @Test
    void gradientsThroughSamplesAreThoseUnderTheSameNoise() {
        assumeTrue(isFunctionOfNoise());
        Tensor[] parameters = GradientCheck.requiring(parameters(3, 4, seeded(1)));
        GradientCheck.compare(
                () -> {
                    Scored z = of(parameters).rsample(5, seeded(2));
                    return z.value().tanh().sum().plus(z.logProb().mean());
                },
                parameters);
    }

    @Test
    void gradientsThroughSamplesAreOnAverageThoseOfTheExpectation() {
        Tensor[] parameters = GradientCheck.requiring(parameters(2, dims(), seeded(1)));
        quadrature().compareGradients(() -> of(parameters), parameters);
    }

    @Test
    void divergencesInClosedFormAreMeansOfTheLogRatio() {
        Pathwise p = example(BATCH, 4, 4);
        Tensor z = p.sample(20_000, seeded(6));
        for (Distribution other : closedTo(BATCH, 4, seeded(5))) {
            Tensor logRatios = p.logProb(z).minus(other.logProb(z)); // [N, B]
            double[] divergences = p.klTo(other).orElseThrow().toHost().toDoubles();
            assertThat(divergences).hasSize(BATCH);
            for (int i = 0; i < BATCH; i++) {
                Estimate estimate = Estimate.of(logRatios.get(1, i).toHost().toDoubles());
                assertThat(divergences[i])
                        .as("from " + other.getClass().getSimpleName())
                        .isCloseTo(estimate.mean(), within(estimate.margin() + ROUNDING));
            }
        }
    }

    @Test
    void gradientsOfTheDivergenceAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(parameters(2, 4, seeded(1)));
        List<Distribution> others = closedTo(2, 4, seeded(5));
        assumeFalse(others.isEmpty());
        GradientCheck.compare(
                () -> others.stream()
                        .map(other -> of(parameters).klTo(other).orElseThrow().sum())
                        .reduce(nothing(parameters), Tensor::plus),
                parameters);
    }

    /** 0 of all parameters: a divergence need not depend on each. */
    private static Tensor nothing(Tensor... parameters) {
        return Stream.of(parameters)
                .map(parameter -> parameter.sum().times(0))
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    static double largest(Tensor differences) {
        return differences.abs().max().item();
    }
}
