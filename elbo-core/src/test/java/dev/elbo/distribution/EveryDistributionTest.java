package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.elbo.InAScope;
import dev.elbo.nn.Flows;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every random variable promises, whatever it is over; a family that is not in the list is named. */
@ExtendWith(InAScope.class)
class EveryDistributionTest {
    private static final int DRAWS = 4000;
    private static final Shape BATCH = Shape.of(2);
    private static final int DIMS = 3;

    /**
     * A family over events of a batch of two.
     *
     * @param nudged a member, and others close to it, which lie within its support
     */
    private record Family(String name, Shape batch, Shape event, DoubleFunction<RandomVariable> nudged) {
        RandomVariable member() {
            return nudged.apply(0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Family over(String name, DoubleFunction<RandomVariable> nudged) {
        return new Family(name, BATCH, Shape.of(DIMS), nudged);
    }

    private static Tensor numbers(long seed, double by, long... shape) {
        return normals(Shape.of(shape), 0, 0.7, seeded(seed)).plus(by).requireGradient();
    }

    /** [2, D]. */
    private static Tensor each(long seed, double by) {
        return numbers(seed, by, 2, DIMS);
    }

    private static DiagonalNormal normal(double by) {
        return new DiagonalNormal(each(1, by), each(2, -by), 1);
    }

    private static NegativeBinomial negativeBinomial(double by) {
        return new NegativeBinomial(each(1, by), each(2, -by), 1);
    }

    static List<Family> families() {
        return List.of(
                over("Bernoulli", by -> new Bernoulli(each(1, by), 1)),
                over(
                        "Categorical",
                        by -> new Categorical(numbers(1, 0, 2, DIMS, 4).times(1 + by), 1)),
                over(
                        "CategoricalLevels",
                        by -> new CategoricalLevels(numbers(1, 0, 2, DIMS, 4).times(1 + by), 1)),
                over("Poisson", by -> new Poisson(each(1, by), 1)),
                over("NegativeBinomial", by -> negativeBinomial(by)),
                over("ZeroInflated", by -> new ZeroInflated(each(3, by), negativeBinomial(by))),
                new Family(
                        "ColourMixture",
                        BATCH,
                        Shape.of(3, 1, 2),
                        by -> new ColourMixture(
                                numbers(1, 0, 2, 1, 2, 2),
                                numbers(2, 0.5 + by / 50, 2, 3, 1, 2, 2),
                                numbers(3, -2.5, 2, 3, 1, 2, 2),
                                numbers(4, by / 50, 2, 3, 1, 2, 2))),
                over("ContinuousBernoulli", by -> new ContinuousBernoulli(each(1, by), 1)),
                over("DiagonalNormal", EveryDistributionTest::normal),
                over(
                        "DiscretisedLogisticMixture",
                        by -> new DiscretisedLogisticMixture(
                                numbers(1, 0, 2, DIMS, 2),
                                numbers(2, 0.5 + by / 50, 2, DIMS, 2),
                                numbers(3, -2.5, 2, DIMS, 2),
                                1)),
                over("Laplace", by -> new Laplace(each(1, by), each(2, -by), 1)),
                over("Logistic", by -> new Logistic(each(1, by), each(2, -by), 1)),
                over("Masked", by -> new Masked(normal(by), Tensor.of(new float[] {1, 1, 0, 1, 0, 0}, 2, DIMS))),
                over("Uniform", by -> new Uniform(each(1, by), each(1, 0).plus(2 - by), 1)),
                over("Flow", by -> new Flow(normal(by), List.of(Flows.coupling(DIMS, true, seeded(4))))),
                over(
                        "InverseAutoregressiveFlow",
                        by -> new InverseAutoregressiveFlow(
                                normal(by), numbers(3, by, 2, 2), List.of(Flows.step(DIMS, false, seeded(4))))),
                over("Point", by -> new Point(each(1, by), 1)),
                new Family(
                        "Mixture",
                        Shape.of(),
                        Shape.of(DIMS),
                        by -> new Mixture(numbers(5, 0, 2).times(1 + by), normal(by), 1)),
                new Family(
                        "Autoregressive",
                        Shape.of(),
                        Shape.of(2, 2),
                        by -> new Autoregressive(
                                new ByPlace(numbers(1, 0, 4, 3).times(1 + by)),
                                Shape.of(),
                                Shape.of(2, 2),
                                Device.CPU)));
    }

    /** Logits of each place, [T, M], and of no more. */
    private record ByPlace(Tensor places) implements Successor {
        @Override
        public Tensor logits(Tensor values) {
            return places.narrow(0, 0, values.size(-1)).expand(values.shape().append(places.size(1)));
        }

        @Override
        public Tensor next(Tensor beginning) {
            return places.get(0, beginning.size(-1))
                    .expand(beginning.shape().dropLast(1).append(places.size(1)));
        }
    }

    /** A new family is one more line above; one that factorises extends {@link DistributionContract}, too. */
    @Test
    void everyFamilyHasAContract() {
        Set<String> here = families().stream()
                .map(family -> family.member().getClass().getSimpleName())
                .collect(Collectors.toSet());
        new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("dev.elbo.distribution").stream()
                        .filter(type -> type.isAssignableTo(RandomVariable.class) && !type.isInterface())
                        .forEach(type -> {
                            assertThat(here).contains(type.getSimpleName());
                            if (type.isAssignableTo(Factorised.class)) {
                                assertThat(DistributionContract.class).isAssignableFrom(testOf(type.getName()));
                            }
                        });
    }

    private static Class<?> testOf(String family) {
        try {
            return Class.forName(family + "Test");
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(family + " has no test that extends DistributionContract", missing);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theCentreIsAnEventForEachOfTheBatch(Family family) {
        Tensor centre = family.member().centre();
        assertThat(centre.shape()).isEqualTo(event(family, family.batch()));
        assertThat(finite(centre)).isTrue();
    }

    private static Shape event(Family family, Shape leading) {
        return leading.append(family.event().sizes());
    }

    private static boolean finite(Tensor numbers) {
        return !numbers.dtype().isFloatingPoint() || numbers.allFinite().item() == 1;
    }

    @ParameterizedTest
    @MethodSource("families")
    void samplesAreOfTheirShapeAndHaveAFiniteDensity(Family family) {
        if (family.member() instanceof Distribution p) {
            Tensor samples = p.sample(5, seeded(9));
            assertThat(samples.shape()).isEqualTo(event(family, family.batch().prepend(5)));
            assertThat(p.logProb(samples).shape()).isEqualTo(family.batch().prepend(5));
            assertThat(finite(p.logProb(samples))).isTrue();
        }
    }

    /** E_p[p'(x) / p(x)] = 1: samples are of the density, and both densities of one mass. */
    @ParameterizedTest
    @MethodSource("families")
    void theRatioOfTwoDensitiesIsOneOnAverage(Family family) {
        double by = 0.1;
        if (family.member() instanceof Distribution p && family.nudged().apply(by) instanceof Distribution near) {
            Tensor samples = p.sample(DRAWS, seeded(9));
            Tensor ratios = near.logProb(samples).minus(p.logProb(samples)).exp();
            Tensor perDistribution = ratios.reshape(DRAWS, family.batch().elements());
            for (long i = 0; i < family.batch().elements(); i++) {
                Estimate estimate =
                        Estimate.of(perDistribution.get(1, i).toHost().toDoubles());
                assertThat(estimate.standardError()).isPositive();
                assertThat(estimate.mean()).isEqualTo(1, within(estimate.margin()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theSameNoiseGivesTheSameSampleAndOtherNoiseAnother(Family family) {
        if (family.member() instanceof Distribution p) {
            HostArray samples = p.sample(20, seeded(9)).toHost();
            assertThat(p.sample(20, seeded(9)).toHost()).isEqualTo(samples);
            assertThat(p.sample(20, 1, seeded(9)).toHost()).isEqualTo(samples);
            assertThat(p.sample(20, seeded(10)).toHost()).isNotEqualTo(samples);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void noGradientPassesThroughASampleAtAnyTemperature(Family family) {
        if (family.member() instanceof Distribution p) {
            assertThat(p.sample(2, seeded(9)).requiresGradient()).isFalse();
            for (double temperature : new double[] {0, 0.5, 1, 2}) {
                Tensor sample = p.sample(2, temperature, seeded(9));
                assertThat(sample.requiresGradient())
                        .as("temperature %s", temperature)
                        .isFalse();
                assertThat(sample.shape())
                        .isEqualTo(event(family, family.batch().prepend(2)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void gradientsPassThroughAReparameterisedSampleAndNoneThroughADetachedOne(Family family) {
        if (family.member() instanceof Reparameterised q) {
            Scored sample = q.rsample(5, seeded(9));
            assertThat(sample.value().shape())
                    .isEqualTo(event(family, family.batch().prepend(5)));
            assertThat(sample.logProb().shape()).isEqualTo(family.batch().prepend(5));
            assertThat(sample.value().requiresGradient()).isTrue();
            Scored constant = q.detached().rsample(5, seeded(9));
            assertThat(constant.value().toHost()).isEqualTo(sample.value().toHost());
            assertThat(constant.logProb().toHost()).isEqualTo(sample.logProb().toHost());
            assertThat(constant.value().requiresGradient()).isFalse();
            assertThat(constant.logProb().requiresGradient()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aDivergenceHasNoSignAndIsZeroFromItself(Family family) {
        RandomVariable p = family.member();
        if (p instanceof Distribution same) {
            p.klTo(same).ifPresent(nats -> {
                assertThat(nats.shape()).isEqualTo(family.batch());
                assertThat(nats.abs().max().item()).isLessThan(1e-12); // FLOAT64
            });
        }
        if (family.nudged().apply(0.1) instanceof Distribution near) {
            near.klTo((Distribution) p)
                    .ifPresent(nats -> assertThat(nats.min().item()).isPositive());
        }
    }

    @Test
    void aPointHasOneSampleWhoseMassIsOne() {
        Point point = new Point(each(1, 0), 1);
        assertThat(point.sample().value().toHost())
                .isEqualTo(point.value().unsqueeze(0).toHost());
        assertThat(point.sample().logProb().shape()).isEqualTo(BATCH.prepend(1));
        assertThat(point.sample().logProb().toFloats()).containsOnly(0);
        assertThat(point.value().dtype()).isEqualTo(DType.FLOAT64);
    }
}
