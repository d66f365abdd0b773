package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.elbo.InAScope;
import dev.elbo.nn.Flows;
import dev.elbo.nn.Pass;
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
     * @param hasParameters whether there are others
     */
    private record Family(
            String name, Shape batch, Shape event, DoubleFunction<RandomVariable> nudged, boolean hasParameters) {
        Family(String name, Shape batch, Shape event, DoubleFunction<RandomVariable> nudged) {
            this(name, batch, event, nudged, true);
        }

        RandomVariable member() {
            return nudged.apply(0);
        }

        /** Nothing could be learned, and no member is close to another. */
        Family withoutParameters() {
            return new Family(name, batch, event, nudged, false);
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

    /** [2, D], positive. */
    private static Tensor positive(long seed, double by) {
        return each(seed, by).exp();
    }

    /** L of a normal, [2, D, D], a little shorter by it. */
    private static Tensor factor(double by) {
        Tensor identity = Tensor.arange(DIMS, Device.CPU).oneHot(DIMS).to(DType.FLOAT64);
        Tensor diagonal = positive(2, -by).unsqueeze(-1).times(identity);
        return numbers(3, 0, 2, DIMS, DIMS).tril(-1).times(1 - by).plus(diagonal);
    }

    private static NormalisingFlow moved(double by, Transformation step) {
        return new NormalisingFlow(normal(by), List.of(step));
    }

    /** z = a u + ε with the posterior that is exact, of which the bound is the density: N(0, a² + 1). */
    private static VariationalMarginal marginal(double by) {
        Tensor a = numbers(1, 1 - by, DIMS);
        Tensor variance = a.square().plus(1);
        Tensor zeros = a.detach().zerosLike();
        return new VariationalMarginal(
                (pass, z) -> new DiagonalNormal(
                        z[0].times(a.over(variance)), variance.log().negate(), 1),
                (pass, u) -> new DiagonalNormal(u[0].times(a), zeros, 1),
                new DiagonalNormal(zeros, zeros, 1),
                Pass.evaluation(seeded(8)));
    }

    /** Two choices of three classes. */
    private static OneHots choices(double by) {
        return new OneHots(numbers(1, 0, 2, 2, DIMS).times(1 + by));
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
                over(
                        "Concrete",
                        by -> new Concrete(
                                numbers(1, 0, 2, DIMS).times(1 + by),
                                Tensor.scalar(0.7, Device.CPU).to(DType.FLOAT64))),
                new Family("OneHots", BATCH, Shape.of(2 * DIMS), EveryDistributionTest::choices),
                new Family(
                        "RelaxedOneHots",
                        BATCH,
                        Shape.of(2 * DIMS),
                        by -> new RelaxedOneHots(
                                choices(by),
                                Tensor.scalar(0.7, Device.CPU).to(DType.FLOAT64),
                                RelaxedOneHots.Sampling.RELAXED)),
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
                over("RoundedLogLogistic", by -> new RoundedLogLogistic(each(1, by), each(2, -by - 1), 1)),
                over("Uniform", by -> new Uniform(each(1, by), each(1, 0).plus(2 - by), 1)),
                over("Flow", by -> new Flow(normal(by), List.of(Flows.coupling(DIMS, true, seeded(4))))),
                over("Beta", by -> new Beta(positive(1, by), positive(2, by), 1)),
                over("Kumaraswamy", by -> new Kumaraswamy(positive(1, by), positive(2, by), 1)),
                over("Gamma", by -> new Gamma(positive(1, by), positive(2, by), 1)),
                over("Dirichlet", by -> new Dirichlet(positive(1, by))),
                over("FullNormal", by -> new FullNormal(each(1, by), factor(by))),
                over(
                        "LowRankNormal",
                        by -> new LowRankNormal(
                                each(1, by),
                                each(2, -by),
                                numbers(3, 0, 2, 2, DIMS).times(1 - by))),
                over("HouseholderNormal", by -> new HouseholderNormal(normal(by), numbers(3, 0, 2, 2, DIMS))),
                over(
                        "VonMisesFisher",
                        by -> new VonMisesFisher(
                                UniformSphere.unit(each(1, by)),
                                numbers(2, by, 2, 1).exp())),
                over("WrappedNormal", by -> new WrappedNormal(WrappedNormal.ofTangent(each(1, by)), each(2, -by))),
                over(
                        "NormalisingFlow, autoregressive",
                        by -> moved(
                                by,
                                new InverseAutoregressive(Flows.step(DIMS, false, seeded(4)), numbers(3, by, 2, 2)))),
                over(
                        "NormalisingFlow, planar",
                        by -> moved(by, new Planar(each(3, 0), each(4, 0), numbers(5, 0, 2, 1)))),
                over(
                        "NormalisingFlow, radial",
                        by -> moved(
                                by, new Radial(each(3, 0), numbers(4, 0, 2, 1).exp(), numbers(5, 0, 2, 1)))),
                over(
                        "NormalisingFlow, Sylvester",
                        by -> moved(
                                by,
                                new Sylvester(
                                        numbers(3, 0, 2, 2, DIMS),
                                        numbers(4, 0, 2, DIMS, DIMS),
                                        each(5, 0),
                                        each(6, 0),
                                        each(7, 0)))),
                over(
                        "Affine",
                        by -> new Affine(
                                normal(by),
                                new FullNormal(numbers(3, by, DIMS), factor(by).get(0, 0)))),
                over("Point", by -> new Point(each(1, by), 1)),
                new Family("VariationalMarginal", Shape.of(), Shape.of(DIMS), EveryDistributionTest::marginal),
                new Family("UniformSphere", Shape.of(), Shape.of(DIMS), by -> new UniformSphere(DIMS, Device.CPU))
                        .withoutParameters(),
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
                                Device.CPU)),
                new Family(
                        "OneHotSequence",
                        Shape.of(),
                        Shape.of(4 * 3),
                        by -> new OneHotSequence(
                                new Autoregressive(
                                        new ByPlace(numbers(1, 0, 4, 3).times(1 + by)),
                                        Shape.of(),
                                        Shape.of(4),
                                        Device.CPU),
                                3)));
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

    @ParameterizedTest
    @MethodSource("families")
    void oneEventIsBroadcastAgainstTheBatchAndADensityUnderEachIsThatUnderItsOwn(Family family) {
        if (family.member() instanceof Distribution p && family.batch().rank() == 1) {
            Tensor samples = p.sample(5, seeded(9));
            assertThat(p.logProb(samples.get(0, 0).get(0, 0)).shape()).isEqualTo(family.batch());
            Tensor each = p.logProbUnderEach(samples, family.event().rank());
            assertThat(each.shape())
                    .isEqualTo(family.batch().prepend(5).append(family.batch().sizes()));
            Tensor own = p.logProb(samples);
            for (long i = 0; i < family.batch().elements(); i++) {
                Tensor difference = each.get(-1, i).get(-1, i).minus(own.get(-1, i));
                assertThat(difference.abs().max().item()).isLessThan(1e-10); // FLOAT64, of numbers up to 100
            }
        }
    }

    /** Colder or hotter, what is drawn is one of the values that there are. */
    @ParameterizedTest
    @MethodSource("families")
    void samplesAtAnyTemperatureHaveADensity(Family family) {
        if (family.member() instanceof Distribution p) {
            for (double temperature : new double[] {0, 0.5, 1, 2, 5}) {
                Tensor sample = p.sample(200, temperature, seeded(9));
                assertThat(finite(p.logProb(sample)))
                        .as("temperature %s", temperature)
                        .isTrue();
            }
        }
    }

    /** E_p[p'(x) / p(x)] = 1: samples are of the density, and both densities of one mass. */
    @ParameterizedTest
    @MethodSource("families")
    void theRatioOfTwoDensitiesIsOneOnAverage(Family family) {
        double by = 0.1;
        if (family.hasParameters()
                && family.member() instanceof Distribution p
                && family.nudged().apply(by) instanceof Distribution near) {
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
            long samples = q instanceof Point ? 1 : 5; // all of a point would be the same
            assertThat(sample.value().shape())
                    .isEqualTo(event(family, family.batch().prepend(samples)));
            assertThat(sample.logProb().shape()).isEqualTo(family.batch().prepend(samples));
            assertThat(sample.value().requiresGradient()).isEqualTo(family.hasParameters());
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
        if (family.hasParameters() && family.nudged().apply(0.1) instanceof Distribution near) {
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
