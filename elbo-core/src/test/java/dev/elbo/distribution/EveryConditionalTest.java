package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.elbo.InAScope;
import dev.elbo.likelihood.BagOfWords;
import dev.elbo.likelihood.CopyingWords;
import dev.elbo.likelihood.FramesLikelihood;
import dev.elbo.likelihood.Likelihood;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.nn.Copy;
import dev.elbo.nn.GruDecoder;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.MaskedChoices;
import dev.elbo.nn.OneHot;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Postnet;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.option.Form;
import dev.elbo.posterior.ClassHead;
import dev.elbo.posterior.FramesPosterior;
import dev.elbo.posterior.NormalHead;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.prior.ChoicePrior;
import dev.elbo.prior.CodePrior;
import dev.elbo.prior.DurationPrior;
import dev.elbo.prior.FramesFlowPrior;
import dev.elbo.prior.FramesPrior;
import dev.elbo.prior.MixturePrior;
import dev.elbo.prior.PitchPrior;
import dev.elbo.prior.PriorKind;
import dev.elbo.prior.TwoStagePrior;
import dev.elbo.prior.UniformChoices;
import dev.elbo.prior.UniformClasses;
import dev.elbo.prior.WhitenedPrior;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What priors, posteriors and likelihoods promise, whatever they are of; one that is not in the list is named. */
@ExtendWith(InAScope.class)
class EveryConditionalTest {
    private static final int SAMPLES = 3;
    private static final int EXAMPLES = 2;
    private static final int DIMS = 4;
    private static final int CLASSES = 5;
    private static final int STATE = 3;
    private static final Shape IMAGE = Shape.of(3, 3, 2);
    private static final Shape MAP_ABOVE = Shape.of(3, 1, 2);

    /** With which parents a conditional is asked. */
    private enum Parents {
        /** A prior that is given nothing. */
        NONE {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[0];
            }
        },
        /** A latent of {@value #DIMS} dimensions. */
        LATENT {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {numbers(leading.append(DIMS))};
            }
        },
        /** A map above another, as vectors. */
        MAP {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {numbers(leading.append(MAP_ABOVE.sizes()))};
            }
        },
        /** A latent, and the class of each example. */
        LATENT_AND_CLASS {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {numbers(leading.append(DIMS)), Tensor.of(new long[] {4, 1}, EXAMPLES)};
            }
        },
        /** States of a text. */
        STATES {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {numbers(leading.append(2).append(STATE)), counts(2)};
            }
        },
        /** What is known of frames. */
        FRAMES {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {numbers(leading.append(8).append(STATE)), counts(2)};
            }
        },
        /** Frames, and what is known of them. */
        HEARD {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {
                    numbers(leading.append(8).append(CLASSES)),
                    numbers(Shape.of(EXAMPLES, 8, STATE)),
                    counts(8),
                    counts(2)
                };
            }
        },
        /** A latent of steps, and what is known of frames. */
        STEPS {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {
                    numbers(leading.append(2).append(DIMS)), numbers(Shape.of(EXAMPLES, 8, STATE)), counts(8)
                };
            }
        },
        /** A latent, and the words and the style of each example. */
        LATENT_AND_SENTENCE {
            @Override
            Tensor[] of(Shape leading) {
                return new Tensor[] {
                    numbers(leading.append(DIMS)),
                    numbers(Shape.of(EXAMPLES, 2)),
                    numbers(Shape.of(EXAMPLES, 3, STATE)),
                    Tensor.of(new long[] {4, 5, 3, 6, 3, 0}, EXAMPLES, 3)
                };
            }
        };

        /** [leading..., …]. */
        abstract Tensor[] of(Shape leading);

        /** Of the second example the second half is padding. */
        private static Tensor counts(int steps) {
            float[] mask = new float[EXAMPLES * steps];
            Arrays.fill(mask, 0, steps + steps / 2, 1);
            return Tensor.of(mask, EXAMPLES, steps, 1);
        }

        private static Tensor numbers(Shape shape) {
            return Rng.seeded(7, Device.CPU).normal(shape);
        }
    }

    /** One of them. */
    private record Case(String option, Parents parents, Function<Initializer, Conditional<?>> maker) {
        Case(Parents parents, Function<Initializer, Conditional<?>> maker) {
            this("", parents, maker);
        }

        Conditional<?> make() {
            return maker.apply(new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
        }

        /** By the conditional, or what its network's output means. */
        @Override
        public String toString() {
            try (Scope scope = Scope.open("name")) {
                return String.join(" of ", names(make())) + " " + option;
            }
        }
    }

    private static List<String> names(Conditional<?> conditional) {
        List<String> names = new ArrayList<>(List.of(conditional.getClass().getName()));
        if (conditional instanceof Parameterised<?> parameterised) {
            names.add(parameterised.head().getClass().getName());
        }
        if (conditional instanceof TwoStagePrior prior) {
            names.addAll(names(prior.decoder()));
        }
        return names;
    }

    static Stream<Case> cases() {
        Stream<Case> pixels = PixelLikelihood.pixelForms().stream()
                .map(Form::standard)
                .map(family -> new Case(Parents.LATENT, initial -> pixels(family, initial)));
        Stream<Case> rows = Stream.of(
                        "normal", "laplace", "poisson", "negative-binomial", "zero-inflated-negative-binomial")
                .map(family -> new Case(Parents.LATENT, initial -> rows(Likelihood.parse(family), initial)));
        Stream<Case> priors = PriorKind.forms().stream()
                .map(Form::standard)
                .map(kind -> new Case(kind.toString(), Parents.NONE, initial -> kind.prior(beside(initial), initial)));
        Stream<Case> posteriors = PosteriorKind.forms().stream()
                .map(Form::standard)
                .map(kind -> headed(kind.toString(), initial -> kind.head(DIMS, initial), kind.parameters(DIMS)));
        return Stream.of(
                        pixels,
                        rows,
                        priors,
                        posteriors,
                        Stream.of(
                                new Case(Parents.NONE, initial -> new UniformClasses(CLASSES, Device.CPU)),
                                new Case(
                                        Parents.NONE,
                                        initial -> WhitenedPrior.of(MixturePrior.of(2, DIMS, initial), DIMS, initial)),
                                new Case(Parents.NONE, EveryConditionalTest::codes),
                                new Case(
                                        Parents.MAP,
                                        initial -> codes(initial).under(ofMapAbove(initial, Shape.of(4, 2, 3)))),
                                headed("", initial -> new ClassHead(), CLASSES),
                                headed("", initial -> new RelaxedChoices.Logits(2, 3), 2 * 3),
                                new Case(Parents.LATENT, EveryConditionalTest::choices),
                                new Case(Parents.NONE, initial -> new UniformChoices(2, 3, Device.CPU)),
                                new Case(
                                        Parents.NONE,
                                        initial ->
                                                new ChoicePrior(2, 3, Device.CPU, MaskedChoices.of(2, 3, 5, initial))),
                                new Case(
                                        Parents.LATENT_AND_CLASS,
                                        initial -> new Parameterised<>(
                                                List.of(Sequential.of(), new OneHot(CLASSES)),
                                                Linear.of(DIMS + CLASSES, 2 * DIMS, initial),
                                                new NormalHead())),
                                new Case(Parents.STATES, initial -> DurationPrior.of(1, STATE, initial)),
                                new Case(Parents.STATES, initial -> PitchPrior.of(1, STATE, CLASSES, initial)),
                                new Case(Parents.FRAMES, initial -> FramesPrior.of(1, STATE, 4, DIMS, initial)),
                                new Case(
                                        Parents.FRAMES,
                                        initial -> FramesFlowPrior.of(
                                                FramesPrior.of(1, STATE, 4, DIMS, initial),
                                                2,
                                                STATE,
                                                4,
                                                DIMS,
                                                initial)),
                                new Case(
                                        Parents.HEARD,
                                        initial -> FramesPosterior.of(CLASSES, 1, STATE, 4, DIMS, initial)),
                                new Case(
                                        Parents.STEPS,
                                        initial -> FramesLikelihood.of(CLASSES, 2, STATE, 4, DIMS, initial)),
                                new Case(
                                        "with a postnet",
                                        Parents.STEPS,
                                        initial -> FramesLikelihood.of(CLASSES, 2, STATE, 4, DIMS, initial)
                                                .finer(Postnet.of(CLASSES, 1, STATE, initial))),
                                new Case(
                                        Parents.LATENT,
                                        initial -> SentenceLikelihood.of(9, 3, 6, DIMS, 0.3, 5, initial)),
                                new Case(
                                        "copying",
                                        Parents.LATENT_AND_SENTENCE,
                                        initial -> new SentenceLikelihood(
                                                GruDecoder.of(9, 3, 6, DIMS + 2, initial),
                                                CopyingWords.of(9, 6, STATE, initial),
                                                0.3,
                                                5)),
                                new Case(
                                        Parents.LATENT,
                                        initial -> new BagOfWords(
                                                SentenceLikelihood.of(9, 3, 6, DIMS, 0.3, 5, initial),
                                                Linear.of(DIMS, 9, initial))),
                                new Case(
                                        Parents.LATENT_AND_CLASS,
                                        initial -> new OfFirst<>(
                                                new Parameterised<>(
                                                        List.of(),
                                                        Linear.of(DIMS, 2 * DIMS, initial),
                                                        new NormalHead()),
                                                1))))
                .flatMap(some -> some);
    }

    private static Case headed(String option, Function<Initializer, Head<?>> head, int parameters) {
        return new Case(
                option,
                Parents.LATENT,
                initial -> new Parameterised<>(List.of(), Linear.of(DIMS, parameters, initial), head.apply(initial)));
    }

    private static RelaxedChoices choices(Initializer initial) {
        return new RelaxedChoices(
                new Parameterised<>(List.of(), Linear.of(DIMS, 2 * 3, initial), new RelaxedChoices.Logits(2, 3)),
                initial.buffer(0.7),
                RelaxedOneHots.Sampling.RELAXED,
                Optional.empty());
    }

    private static CodePrior codes(Initializer initial) {
        return CodePrior.of(Shape.of(2, 3), CLASSES, 4, 1, initial);
    }

    private static Layer ofMapAbove(Initializer initial, Shape to) {
        return Sequential.of(
                Reshape.flatten(MAP_ABOVE),
                Linear.of(MAP_ABOVE.elements(), to.elements(), initial),
                Reshape.unflatten(to));
    }

    private static Conditional<?> rows(Likelihood family, Initializer initial) {
        return likelihood(family, Shape.of(DIMS), initial);
    }

    private static Conditional<?> pixels(PixelLikelihood family, Initializer initial) {
        return likelihood(family, IMAGE, initial);
    }

    private static Conditional<?> likelihood(Likelihood family, Shape example, Initializer initial) {
        Shape parameters = family.parameters(example);
        return new Parameterised<>(
                List.of(),
                Sequential.of(Linear.of(DIMS, parameters.elements(), initial), Reshape.unflatten(parameters)),
                family.head("x", example, initial));
    }

    /** A model of images without conditions, and the posterior that a VampPrior is of. */
    private static PriorKind.Beside beside(Initializer initial) {
        Conditional<DiagonalNormal> posterior = new Parameterised<>(
                List.of(),
                Sequential.of(Reshape.flatten(IMAGE), Linear.of(IMAGE.elements(), 2 * DIMS, initial)),
                new NormalHead());
        return new PriorKind.Beside(DIMS, new NormalHead.Kind(), posterior, "image", IMAGE, List.of());
    }

    /** Without chance, but where a density is an estimate by nature: then with the same chance each time. */
    private static Pass evaluation(Conditional<?> conditional) {
        return conditional instanceof TwoStagePrior ? Pass.evaluation(Rng.seeded(5, Device.CPU)) : Pass.deterministic();
    }

    private static RandomVariable given(Conditional<?> conditional, Tensor... parents) {
        return conditional.given(evaluation(conditional), parents);
    }

    private static RandomVariable given(Case each, Shape leading) {
        return given(each.make(), each.parents().of(leading));
    }

    /** One draw for each of the batch, and its log-density. */
    private static Scored drawn(RandomVariable variable) {
        Rng rng = Rng.seeded(3, Device.CPU);
        if (variable instanceof Reparameterised q) {
            return q.rsample(SAMPLES, rng);
        }
        Distribution p = (Distribution) variable;
        Tensor value = p.sample(SAMPLES, rng);
        return new Scored(value, () -> p.logProb(value));
    }

    private static Shape examples(Case each) {
        return each.parents() == Parents.NONE ? Shape.of() : Shape.of(EXAMPLES);
    }

    @Test
    void everyPriorPosteriorAndLikelihoodIsInTheList() {
        Set<String> listed = new TreeSet<>();
        cases().forEach(each -> listed.addAll(names(each.make())));
        Set<String> all = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("dev.elbo").stream()
                        .filter(EveryConditionalTest::isOne)
                        .forEach(type -> all.add(type.getName()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
    }

    private static boolean isOne(JavaClass type) {
        return !type.isInterface() && (type.isAssignableTo(Conditional.class) || type.isAssignableTo(Head.class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thereIsADistributionForEachOfItsParents(Case each) {
        RandomVariable variable = given(each, examples(each));
        Scored drawn = drawn(variable);
        long samples = variable instanceof Point ? 1 : SAMPLES; // all of a point would be the same
        assertThat(drawn.value().shape()).isEqualTo(variable.centre().shape().prepend(samples));
        assertThat(drawn.logProb().shape()).isEqualTo(examples(each).prepend(samples));
        assertThat(drawn.logProb().allFinite().item()).isEqualTo(1);
        assertThat(drawn.logProb().dtype()).isEqualTo(DType.FLOAT32);
    }

    /** A draw hands on K samples of each example's latent: each has the distribution that it has by itself. */
    @ParameterizedTest
    @MethodSource("cases")
    void samplesOfAParentAreWhatTheyAreAlone(Case each) {
        if (each.parents() == Parents.NONE) {
            return;
        }
        Conditional<?> conditional = each.make();
        Tensor[] parents = each.parents().of(Shape.of(SAMPLES, EXAMPLES));
        Tensor together = given(conditional, parents).centre();
        for (int k = 0; k < SAMPLES; k++) {
            Tensor[] alone = parents.clone();
            alone[0] = parents[0].get(0, k);
            Tensor apart = given(conditional, alone).centre();
            assertThat(apart.to(DType.FLOAT32).toHost().toDoubles())
                    // products are added in another order
                    .containsExactly(
                            together.get(0, k).to(DType.FLOAT32).toHost().toDoubles(),
                            within(Rounding.ofSum(DType.FLOAT32, 300, 10)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evaluationHasNoChanceInIt(Case each) {
        Conditional<?> conditional = each.make();
        Tensor[] parents = each.parents().of(examples(each));
        HostArray first = drawn(given(conditional, parents)).logProb().toHost();
        assertThat(drawn(given(conditional, parents)).logProb().toHost()).isEqualTo(first);
    }

    /** What is taught, and the further terms of those that have some. */
    private static Tensor aided(RandomVariable variable, Tensor values, Tensor taught) {
        return variable instanceof Aided aided
                ? aided.aids(values.get(0, 0)).values().stream().reduce(taught, Tensor::plus)
                : taught;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsDensityTeachesEachOfItsParameters(Case each) {
        Conditional<?> conditional = each.make();
        RandomVariable variable = given(conditional, each.parents().of(examples(each)));
        Scored drawn = drawn(variable);
        Tensor value = drawn.value().dtype().isFloatingPoint()
                ? drawn.value().sum()
                : drawn.logProb().sum();
        Tensor taught = value.requiresGradient()
                ? drawn.logProb().sum().plus(value)
                : drawn.logProb().sum();
        if (conditional.parameters().isEmpty()) {
            assertThat(taught.requiresGradient()).isFalse();
            return;
        }
        aided(variable, drawn.value(), taught).backward();
        conditional.parameters().forEach((name, parameter) -> {
            assertThat(parameter.hasGradient()).as(name).isTrue();
            assertThat(parameter.gradient().norm().item()).as(name).isFinite();
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFrozenCopySaysTheSameAndLearnsNothing(Case each) {
        Conditional<?> conditional = each.make();
        Tensor[] parents = each.parents().of(examples(each));
        Scored original = drawn(given(conditional, parents));
        Conditional<?> frozen = Copy.frozen(conditional);
        Scored copy = drawn(given(frozen, parents));
        assertThat(copy.logProb().toHost()).isEqualTo(original.logProb().toHost());
        assertThat(copy.logProb().requiresGradient()).isFalse();
        assertThat(frozen.parameters()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noTensorOutlivesTheScopeItWasMadeIn(Case each) {
        Scope scope = Scope.current();
        Conditional<?> conditional = each.make();
        Tensor[] parents = each.parents().of(examples(each));
        int before = scope.size();
        try (Scope work = Scope.open("work")) {
            drawn(given(conditional, parents)).logProb();
        }
        assertThat(scope.size()).isEqualTo(before);
    }
}
