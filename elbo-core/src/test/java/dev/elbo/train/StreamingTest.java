package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Streamed;
import dev.elbo.data.Stripes;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read while it is used gives what is held in memory, bit for bit. */
class StreamingTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 52);

    private static Examples examples(boolean held, Pixels pixels) {
        return held
                ? new Examples(DATA.train(), DATA.spec(), pixels, 7, Device.CPU)
                : Streamed.examples(DATA.train(), DATA.spec(), pixels, 7);
    }

    private static Map<String, HostArray> trained(boolean held, Pixels pixels, String replicas, String block)
            throws IOException {
        try (Scope scope = Scope.open("test")) {
            LatentVariableModel model = Recipes.with(Recipes.named("cvae"), Map.of("hidden", "8", "latents", "2"))
                    .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                    .model();
            Map<String, String> settings =
                    Map.of("batch", "8", "epochs", "5", "replicas", replicas, "shuffleBlock", block);
            new Trainer(
                            Composition.of(model, Elbo.standard()),
                            examples(held, pixels),
                            Optional.empty(),
                            Options.of(TrainingSettings.standard()).with(settings),
                            1,
                            Optional.empty(),
                            event -> {})
                    .run(() -> false);
            Map<String, HostArray> weights = new LinkedHashMap<>();
            model.parameters().forEach((name, tensor) -> weights.put(name, tensor.toHost()));
            return weights;
        }
    }

    @ParameterizedTest
    @CsvSource({"DYNAMIC, 1, 1", "STATIC, 1, 1", "PROBABILITIES, 1, 3", "DYNAMIC, 2, 5"})
    void trainsToTheSameWeights(Pixels pixels, String replicas, String block) throws IOException {
        assertThat(trained(false, pixels, replicas, block)).isEqualTo(trained(true, pixels, replicas, block));
    }

    @ParameterizedTest
    @EnumSource(Pixels.class)
    void isEvaluatedTheSame(Pixels pixels) {
        try (Scope scope = Scope.open("test")) {
            LatentVariableModel model = Recipes.with(Recipes.named("vae"), Map.of("hidden", "8", "latents", "2"))
                    .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                    .model();

            assertThat(BoundEstimate.of(model, examples(false, pixels), 3))
                    .isEqualTo(BoundEstimate.of(model, examples(true, pixels), 3));
        }
    }

    @ParameterizedTest
    @EnumSource(Pixels.class)
    void canBeAskedForAnyExamples(Pixels pixels) {
        try (Scope scope = Scope.open("test")) {
            Tensor some = Tensor.of(new long[] {51, 0, 17, 17}, 4);

            assertThat(examples(false, pixels)
                            .batch(some, Rng.seeded(2, Device.CPU))
                            .get("image")
                            .toHost())
                    .isEqualTo(examples(true, pixels)
                            .batch(some, Rng.seeded(2, Device.CPU))
                            .get("image")
                            .toHost());
        }
    }
}
