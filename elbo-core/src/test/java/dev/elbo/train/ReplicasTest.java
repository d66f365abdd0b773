package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Signature;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.Step;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies of a model that share a batch train it as the model alone would. */
class ReplicasTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 48);

    private final int threads = Backend.threads();
    private final Scope scope = Scope.open("test");

    @BeforeEach
    void twoThreads() {
        Backend.setThreads(2);
    }

    @AfterEach
    void close() {
        scope.close();
        Backend.setThreads(threads);
    }

    /** A model without chance: nothing but the order of sums differs between shares and the whole. */
    private record Squares(Layer network) implements LatentVariableModel, Objective {
        @Override
        public Loss loss(LatentVariableModel model, Batch batch, Step step) {
            Tensor x = batch.get("image").reshape(-1, 30);
            Tensor y = ((Squares) model).network.forward(x, step.pass());
            Tensor loss = y.minus(x).square().sumLast(1).mean();
            return new Loss(loss, Map.of("squares", loss));
        }

        @Override
        public boolean isMeanOverExamples() {
            return true;
        }

        @Override
        public Signature signature() {
            return new Signature(List.of("image"), List.of(), List.of());
        }

        @Override
        public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Tensor> encode(Batch read, Pass pass) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
            throw new UnsupportedOperationException();
        }
    }

    private static TrainingSettings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("batch", "10", "epochs", "5", "logEvery", "4"));
        all.putAll(more);
        return Options.of(TrainingSettings.standard()).with(all);
    }

    private static Examples examples() {
        return new Examples(DATA.train(), DATA.spec(), Pixels.PROBABILITIES, 1, Device.CPU);
    }

    private static float[][] trained(int replicas, double[] lastTerm) throws IOException {
        Initializer initial = new Initializer(Rng.seeded(3, Device.CPU), Device.CPU);
        Squares model = new Squares(Sequential.of(Linear.of(30, 7, initial), Linear.of(7, 30, initial)));
        TrainingSettings settings =
                settings(Map.of("replicas", "" + replicas, "optimizer", "sgd", "learningRate", "0.001"));
        new Trainer(
                        Composition.of(model, model),
                        examples(),
                        Optional.empty(),
                        settings,
                        1,
                        Optional.empty(),
                        event -> {
                            if (event instanceof TrainingEvent.Progressed at) {
                                lastTerm[0] = at.terms().getOrDefault("squares", Double.NaN);
                            }
                        })
                .run(() -> false);
        return model.parameters().values().stream().map(Tensor::toFloats).toArray(float[][]::new);
    }

    @Test
    void sharesOfABatchMakeUpTheWhole() throws IOException {
        double[] term = new double[1];
        float[][] whole = trained(1, term);
        double wholeTerm = term[0];
        for (int replicas : new int[] {2, 3, 10}) { // 3 shares of 10 are not of one size
            float[][] shared = trained(replicas, term);
            for (int i = 0; i < whole.length; i++) {
                assertThat(shared[i]).containsExactly(whole[i], within((float) rounding(1))); // weights are up to 1
            }
            assertThat(term[0]).isCloseTo(wholeTerm, within(rounding(wholeTerm)));
        }
    }

    /** The rounding of 20 steps, each a mean over 10 examples of sums over 30 pixels. */
    private static double rounding(double magnitude) {
        return Rounding.ofSum(DType.FLOAT32, 20 * 10 * 30, magnitude);
    }

    @Test
    void theSameSeedGivesTheSameWeightsBitForBit() throws IOException {
        assertThat(trained(2, new double[1])).isDeepEqualTo(trained(2, new double[1]));
    }

    private static Trainer trainer(String recipe, Objective objective, Map<String, String> settings) {
        return trainer(recipe, objective, settings, event -> {});
    }

    private static Trainer trainer(
            String recipe, Objective objective, Map<String, String> settings, Consumer<TrainingEvent> listener) {
        LatentVariableModel model = Recipes.named(recipe)
                .compose(DATA.spec(), new Initializer(Rng.seeded(3, Device.CPU), Device.CPU))
                .model();
        return new Trainer(
                Composition.of(model, objective),
                examples(),
                Optional.empty(),
                settings(settings),
                1,
                Optional.empty(),
                listener);
    }

    @Test
    void whatIsNoMeanOverExamplesCannotBeShared() {
        Trainer trainer = trainer("vae", new Elbo(Schedule.constant(1), 0.1), Map.of("replicas", "2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.run(() -> false))
                .withMessage("a batch of 10 cannot be shared by 2 replicas: the objective is no mean over examples."
                        + " Set replicas to 1");
    }

    @Test
    void whatCannotBeSharedSaysWhyWhenTrainingBegins() throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        trainer("vae", new Elbo(Schedule.constant(1), 0.1), Map.of("epochs", "0.1"), events::add)
                .run(() -> false);
        assertThat(((TrainingEvent.Started) events.get(0)).undivided())
                .contains("the objective is no mean over examples");
    }

    @Test
    void aBatchHasAShareForEach() {
        Trainer trainer = trainer("vae", Elbo.standard(), Map.of("replicas", "11"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.run(() -> false))
                .withMessageContaining("it has too few examples");
    }

    @Test
    void whatIsFasterIsFoundOutForConvolutionsOnly() throws IOException {
        for (String recipe : List.of("vae", "conv-vae")) {
            int[] replicas = new int[1];
            LatentVariableModel model = Recipes.named(recipe)
                    .compose(DATA.spec(), new Initializer(Rng.seeded(3, Device.CPU), Device.CPU))
                    .model();
            new Trainer(
                            Composition.of(model, Elbo.standard()),
                            examples(),
                            Optional.empty(),
                            settings(Map.of("epochs", "1")),
                            1,
                            Optional.empty(),
                            event -> {
                                if (event instanceof TrainingEvent.Started started) {
                                    replicas[0] = started.replicas();
                                }
                            })
                    .run(() -> false);
            assertThat(replicas[0]).isBetween(1, recipe.equals("vae") ? 1 : 2);
        }
    }
}
