package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.distribution.Categorical;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Every model that goes through the classes of examples without a label, on images of three classes. */
@ParameterizedClass
@ValueSource(strings = {"m2", "m1-m2", "adgm"})
class EnumeratedClassesTest {
    private static final int EXAMPLES = 4;
    private static final int CLASSES = 3;

    /** Sums of some tens of nats in FLOAT32, in another order. */
    private static final double ROUNDING = 1e-4;

    /** Without noise a latent is the centre of its posterior, whatever the number of samples: draws can be compared. */
    private static final Rng QUIET = new Rng() {
        @Override
        public Tensor normal(Shape shape) {
            return Tensor.zeros(Device.CPU, shape.sizes());
        }

        @Override
        public Tensor uniform(Shape shape) {
            return normal(shape).plus(0.5);
        }
    };

    private static final Pass PASS = Pass.evaluation(QUIET);

    private final String recipe;
    private final DataSource data = Stripes.of(1, 9, 7, EXAMPLES);
    private Scope scope;
    private LatentVariableModel model;
    private Batch labelled;

    EnumeratedClassesTest(String recipe) {
        this.recipe = recipe;
    }

    @BeforeEach
    void build() {
        scope = Scope.open("test");
        model = Recipes.with(Recipes.named(recipe), Map.of("hidden", "16", "latents", "2"))
                .compose(data.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
        labelled =
                new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU).range(0, EXAMPLES, QUIET);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    private Batch unlabelled() {
        return new Batch(Map.of("image", labelled.get("image")));
    }

    private Batch allOf(int label) {
        long[] labels = new long[EXAMPLES];
        Arrays.fill(labels, label);
        return new Batch(Map.of("image", labelled.get("image"), "label", Tensor.of(labels, EXAMPLES)));
    }

    private double[] bound(Batch batch, int samples) {
        Draw draw = model.draw(batch, samples, PASS);
        return draw.expectation(draw.logLikelihood(), 0)
                .minus(draw.expectation(draw.kl(), 0))
                .toHost()
                .toDoubles();
    }

    private double[] evidence(Batch batch, int samples) {
        return model.draw(batch, samples, PASS).logEvidence().toHost().toDoubles();
    }

    /** Kingma et al. (2014), eq. 7: U(x) = Σ q(y|x) (L(x, y) + log q(y|x)), as a bound from below. */
    @Test
    void withoutALabelTheBoundIsThatOfAllClassesAndTheEntropyOfTheGuess() {
        Tensor shares = ((Categorical)
                        model.draw(unlabelled(), 1, PASS).latents().get(0).posterior())
                .probabilities()
                .reshape(-1, EXAMPLES, CLASSES)
                .get(0, 0); // of all samples the same
        double[] expected = new double[EXAMPLES];
        for (int c = 0; c < CLASSES; c++) {
            double[] ofClass = bound(allOf(c), 1);
            double[] share = shares.get(-1, c).toHost().toDoubles();
            for (int i = 0; i < EXAMPLES; i++) {
                expected[i] += share[i] * (ofClass[i] - Math.log(share[i]));
            }
        }
        assertThat(bound(unlabelled(), 1)).containsExactly(expected, within(ROUNDING));
        assertThat(bound(unlabelled(), 4)).containsExactly(expected, within(ROUNDING));
    }

    @Test
    void withoutALabelTheEvidenceIsTheSumOverTheClassesWhateverTheGuess() {
        double[] sums = new double[EXAMPLES];
        for (int c = 0; c < CLASSES; c++) {
            double[] ofClass = evidence(allOf(c), 1);
            for (int i = 0; i < EXAMPLES; i++) {
                sums[i] += Math.exp(ofClass[i]);
            }
        }
        double[] expected = Arrays.stream(sums).map(Math::log).toArray();
        assertThat(evidence(unlabelled(), 1)).containsExactly(expected, within(ROUNDING));
        assertThat(evidence(unlabelled(), 3)).containsExactly(expected, within(ROUNDING));
    }

    @Test
    void examplesWithALabelBesideOthersAreWhatTheyAreAlone() {
        Tensor labels = Tensor.of(new long[] {0, 1, 2, 0}, EXAMPLES);
        Map<String, Tensor> fields = Map.of("image", labelled.get("image"), "label", labels);
        Batch partly = new Batch(fields, Map.of(), Map.of("label", Tensor.of(new float[] {1, 0, 0, 1}, EXAMPLES)));
        double[] with = bound(new Batch(fields), 2);
        double[] without = bound(unlabelled(), 2);
        assertThat(bound(partly, 2))
                .containsExactly(new double[] {with[0], without[1], without[2], with[3]}, within(ROUNDING));
    }

    @Test
    void aClassThatIsAskedForIsTheOneThatIsSampled() {
        Batch asked = new Batch(Map.of("label", Tensor.of(new long[] {2, 2, 1}, 3)));
        Map<String, Tensor> latents = model.latents(3, asked, 1, Pass.evaluation(Rng.seeded(1, Device.CPU)));
        assertThat(Objects.requireNonNull(latents.get("label")).toHost().toLongs())
                .containsExactly(2, 2, 1);
        assertThat(latents.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        model.signature().latents().stream().map(Variable::name).toList());
    }
}
