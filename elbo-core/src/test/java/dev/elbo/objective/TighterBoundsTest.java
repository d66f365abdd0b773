package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.train.Composition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bounds between the ELBO and log p(x), beyond, and their gradients: what they are where they coincide. */
@ExtendWith(InAScope.class)
class TighterBoundsTest {
    private static final int EXAMPLES = 10;
    private static final Predicate<String> IS_ENCODER = name -> name.startsWith("posterior");

    /** Of a mean over examples and samples of sums of some 10 nats. */
    private static final double ROUNDING = Rounding.ofSum(DType.FLOAT32, 16 * EXAMPLES, 10);

    private static final DataSource DATA = Stripes.of(1, 5, 4, 8);

    private final Vae model = LinearGaussian.amiss().model();
    private final Batch batch = LinearGaussian.batch(EXAMPLES, 1);
    private final Step step = new Step(1, 10, 1000, Device.CPU);

    private double loss(Objective objective) {
        step.advance(0, 0);
        return objective.loss(model, batch, step).total().item();
    }

    /** log w of the first samples of the step, [samples, B]. */
    private double[][] logWeights(int samples) {
        step.advance(0, 0);
        double[] all =
                model.draw(batch, samples, step.pass()).logWeights().toHost().toDoubles();
        double[][] each = new double[samples][EXAMPLES];
        for (int i = 0; i < all.length; i++) {
            each[i / EXAMPLES][i % EXAMPLES] = all[i];
        }
        return each;
    }

    @Test
    void oneGroupOfSeveralSamplesIsTheImportanceWeightedBound() {
        assertThat(loss(new MultiplyImportanceWeighted(1, 6))).isEqualTo(loss(new Iwae(6, false)), within(ROUNDING));
    }

    @Test
    void severalGroupsOfOneSampleAreTheElboOfAsMany() {
        assertThat(loss(new MultiplyImportanceWeighted(6, 1))).isEqualTo(loss(new Renyi(6, 1)), within(ROUNDING));
    }

    /** Weights of a loss, in the place of a likelihood's, would give the worst sample the most. */
    @Test
    void withinAGroupTheLikeliestSampleWeighsMost() {
        double[][] w = logWeights(6);
        double bound = 0;
        for (int group = 0; group < 2; group++) {
            for (int b = 0; b < EXAMPLES; b++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += Math.exp(w[3 * group + k][b]);
                }
                bound += Math.log(sum / 3) / 2 / EXAMPLES;
            }
        }
        assertThat(loss(new MultiplyImportanceWeighted(2, 3))).isEqualTo(-bound, within(ROUNDING));
    }

    @Test
    void theDecoderLearnsFromTheTightBoundAndTheEncoderFromTheMeanOfLooserOnes() {
        Map<String, double[]> partial = gradients(new PartiallyImportanceWeighted(3, 2), 0);
        assertSame(partial, gradients(new Iwae(6, false), 0), IS_ENCODER.negate());
        // the encoder's samples are the step's second
        assertSame(partial, gradients(new MultiplyImportanceWeighted(3, 2), 1), IS_ENCODER);
    }

    private void assertSame(Map<String, double[]> actual, Map<String, double[]> expected, Predicate<String> names) {
        expected.forEach((name, gradient) -> {
            if (names.test(name)) {
                assertThat(actual.get(name)).as(name).containsExactly(gradient, within(ROUNDING));
            }
        });
    }

    /** Of all parameters, after {@code skipped} draws of 6 samples from the step's noise. */
    private Map<String, double[]> gradients(Objective objective, int skipped) {
        return gradients(model, objective, 0, skipped);
    }

    private Map<String, double[]> gradients(Vae of, Objective objective, long number, int skipped) {
        ParameterBuffer buffer = new ParameterBuffer(of.parameters());
        buffer.clearGradients();
        step.advance(number, 0);
        for (int i = 0; i < skipped; i++) {
            of.draw(batch, 6, step.pass());
        }
        objective.loss(of, batch, step).total().backward();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        buffer.split(buffer.gradients())
                .forEach((name, gradient) ->
                        gradients.put(name, gradient.toHost().toDoubles()));
        return gradients;
    }

    @Test
    void aMixtureAtItsEndsIsOneOfBoth() {
        assertThat(loss(new CombinedBound(5, 0))).isEqualTo(loss(new Iwae(5, false)));
        assertThat(loss(new CombinedBound(1, 1))).isEqualTo(loss(Elbo.standard()));
        double half = (loss(new CombinedBound(5, 0)) + loss(new CombinedBound(5, 1))) / 2;
        assertThat(loss(new CombinedBound(5, 0.5))).isEqualTo(half, within(ROUNDING));
    }

    @Test
    void orderZeroIsTheImportanceWeightedBoundAndOrderOneTheElbo() {
        assertThat(loss(new Renyi(5, 0))).isEqualTo(loss(new Iwae(5, false)), within(ROUNDING));
        Vae estimated = LinearGaussian.amiss().modelWithoutClosedForm();
        step.advance(0, 0);
        double elbo = Elbo.standard().loss(estimated, batch, step).total().item();
        assertThat(loss(new Renyi(1, 1))).isEqualTo(elbo, within(ROUNDING));
    }

    /** By Taylor: the mean of log w, plus half of 1 − α times its variance over samples. */
    @Test
    void nearOrderOneTheBoundIsTheElboAndAShareOfTheWeightsVariance() {
        double[][] w = logWeights(6);
        double first = 0;
        double second = 0;
        for (int b = 0; b < EXAMPLES; b++) {
            double mean = 0;
            double squares = 0;
            for (double[] sample : w) {
                mean += sample[b] / 6;
                squares += sample[b] * sample[b] / 6;
            }
            first += mean / EXAMPLES;
            second += (squares - mean * mean) / EXAMPLES;
        }
        double order = 0.01;
        // the next term is order² / 6 times a third moment of about 1; sums of 10 nats are divided by the order
        assertThat(loss(new Renyi(6, 1 - order)))
                .isEqualTo(-(first + order / 2 * second), within(1e-4 + Rounding.ofFormula(DType.FLOAT32, 10) / order));
    }

    @Test
    void theBoundFallsWithItsOrderFromTheLargestWeightToTheLeast() {
        double before = Double.NEGATIVE_INFINITY;
        for (double alpha : new double[] {-200, -1, 0, 0.5, 0.9, 1, 1.5, 3, 200}) {
            double negBound = loss(new Renyi(6, alpha));
            assertThat(negBound).as("α = %s", alpha).isGreaterThan(before);
            before = negBound;
        }
        double[][] w = logWeights(6);
        double most = 0;
        for (int b = 0; b < EXAMPLES; b++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] sample : w) {
                largest = Math.max(largest, sample[b]);
            }
            most += largest / EXAMPLES;
        }
        // of K weights the largest is between the mean and K times it
        assertThat(loss(new Renyi(6, -200))).isEqualTo(-most, within(Math.log(6) / 201 + ROUNDING));
    }

    @Test
    void withTheExactPosteriorAllBoundsAreTheEvidence() {
        double evidence = LinearGaussian.meanLogEvidence(LinearGaussian.observations(EXAMPLES, 1));
        Vae exact = LinearGaussian.exact().model();
        for (Objective objective : new Objective[] {
            new MultiplyImportanceWeighted(2, 3), new Renyi(6, 0.5), new Renyi(6, 3), new StickingTheLanding(6)
        }) {
            step.advance(0, 0);
            assertThat(objective.loss(exact, batch, step).total().item())
                    .as(objective.toString())
                    .isEqualTo(-evidence, within(ROUNDING));
        }
    }

    @Test
    void whereThePosteriorIsExactTheLandingSticks() {
        Vae exact = LinearGaussian.exact().model();
        Map<String, double[]> sticks = gradients(exact, new StickingTheLanding(1), 0, 0);
        Map<String, double[]> plain = gradients(exact, new Renyi(1, 1), 0, 0);
        sticks.forEach((name, gradient) -> {
            if (IS_ENCODER.test(name)) {
                double[] zeros = new double[gradient.length];
                // differences of slopes of some 10 nats
                assertThat(gradient).as(name).containsExactly(zeros, within(10 * ROUNDING));
                assertThat(Arrays.stream(Objects.requireNonNull(plain.get(name))))
                        .as(name)
                        .anyMatch(slope -> Math.abs(slope) > 0.01);
            }
        });
        assertSame(sticks, plain, IS_ENCODER.negate());
    }

    @Test
    void stickingToTheLandingIsTheDoublyReparameterisedGradientOfOneSample() {
        assertSame(gradients(new StickingTheLanding(1), 0), gradients(new Iwae(1, true), 0), name -> true);
    }

    @Test
    void theGradientWithoutTheScoreHasTheExpectationOfTheElbos() {
        int steps = 2000;
        Map<String, double[][]> with = new LinkedHashMap<>();
        Map<String, double[][]> without = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            try (Scope scope = Scope.open("step")) {
                note(gradients(model, new StickingTheLanding(1), i, 0), without, i, steps);
                note(gradients(model, Elbo.standard(), -1 - i, 0), with, i, steps);
            }
        }
        with.forEach((name, each) -> {
            for (int p = 0; p < each.length; p++) {
                Estimate a = Estimate.of(each[p]);
                Estimate b = Estimate.of(Objects.requireNonNull(without.get(name))[p]);
                // 4 standard errors of a difference
                double margin = 4 * Math.hypot(a.standardError(), b.standardError());
                assertThat(b.mean()).as("%s %d", name, p).isEqualTo(a.mean(), within(margin));
            }
        });
    }

    private static void note(Map<String, double[]> gradients, Map<String, double[][]> each, int step, int steps) {
        gradients.forEach((name, gradient) -> {
            double[][] known = each.computeIfAbsent(name, key -> new double[gradient.length][steps]);
            for (int p = 0; p < gradient.length; p++) {
                known[p][step] = gradient[p];
            }
        });
    }

    @Test
    void whatNeedsOneEncoderOrDensitiesSaysWhatWouldDo() {
        assertRefused(
                "stl-vae",
                Map.of("posterior", "iaf(1)"),
                "sticking the landing needs a reparameterised posterior with a density for every value; latent 'z' has"
                        + " NormalisingFlow. Choose recipe vae, or choose posterior=normal");
        assertRefused(
                "ladder-vae",
                Map.of(),
                new PartiallyImportanceWeighted(2, 2),
                "PIWAE trains an encoder called 'posterior' apart from the rest, and the model has none. Choose miwae, or a"
                        + " recipe with one posterior network");
        assertRefused(
                "m2",
                Map.of(),
                new MultiplyImportanceWeighted(2, 2),
                "MIWAE is of samples that are drawn; this model goes through the values of a latent. Choose a recipe whose"
                        + " latents are drawn");
    }

    private void assertRefused(String recipe, Map<String, String> options, String message) {
        assertRefused(composed(recipe, options), Optional.empty(), message);
    }

    private void assertRefused(String recipe, Map<String, String> options, Objective objective, String message) {
        assertRefused(composed(recipe, options), Optional.of(objective), message);
    }

    private static Composition composed(String recipe, Map<String, String> options) {
        Recipe chosen = Recipes.with(Recipes.named(recipe), options);
        return chosen.compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
    }

    private void assertRefused(Composition composition, Optional<Objective> other, String message) {
        Objective objective = other.orElse(composition.stages().get(0).objective());
        Batch all = new Examples(DATA.train(), DATA.spec(), Pixels.GREY, 1, Device.CPU)
                .range(0, 4, Rng.seeded(1, Device.CPU));
        Batch some = new Batch(Map.of("image", all.get("image"))); // without labels, which m2 then goes through
        step.advance(0, 0);
        assertThatThrownBy(() -> objective.loss(composition.model(), some, step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void boundsWithoutSamplesOrOfNoOrderAreRefused() {
        assertThatThrownBy(() -> new MultiplyImportanceWeighted(0, 2))
                .hasMessage("MIWAE has one bound or more, of one sample or more; got groups 0 and samples 2");
        assertThatThrownBy(() -> new PartiallyImportanceWeighted(2, 0))
                .hasMessage("PIWAE has one bound or more, of one sample or more; got groups 2 and samples 0");
        assertThatThrownBy(() -> new CombinedBound(2, 1.5))
                .hasMessage("CIWAE has one sample or more and a beta from 0 to 1; got samples 2 and beta 1.5");
        assertThatThrownBy(() -> new Renyi(2, 0.9999))
                .hasMessage(
                        "alpha=0.9999 is so near to 1 that rounding is all that is left of the difference. Set alpha=1");
        assertThatThrownBy(() -> new StickingTheLanding(0)).hasMessage("the bound needs a sample; got 0");
    }
}
