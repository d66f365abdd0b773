package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainBenchmarkTest {

    @Test
    void aMeasurementShowsThatTheLossFellAndTheWeightsMoved() throws Exception {
        RunConfig config = config("vae", Map.of("hidden", "32", "latents", "4", "logEvery", "20", "epochs", "1"));
        TrainBenchmark.Result result = new TrainBenchmark(config, 1).run(Device.CPU);
        assertThat(result.lastLoss()).isLessThan(result.firstLoss());
        assertThat(result.moved()).isPositive();
        assertThat(result.stepsPerSecond().median()).isPositive();
    }

    @Test
    void theOperationsOfAStepAreThoseOfItsProducts() throws Exception {
        RunConfig config = config(
                "vae", Map.of("hidden", "32", "latents", "4", "batch", "100", "logEvery", "20", "epochs", "0.4"));
        TrainBenchmark.Result result = new TrainBenchmark(config, 1).run(Device.CPU);
        long encoder = 784 * 32 + 32 * 2 * 4;
        long decoder = 4 * 32 + 32 * 784;
        long toTheImage = 784 * 32; // nobody asks for the gradient of a pixel
        assertThat(result.flops()).isEqualTo(2.0 * 100 * (3 * (encoder + decoder) - toTheImage));
        assertThat(result.parameters()).isEqualTo(encoder + decoder + 32 + 2 * 4 + 32 + 784);
    }

    @Test
    void sentencesAreMeasuredInWholeEpochs() throws Exception {
        Map<String, String> small = Map.of(
                "embedding", "4", "hidden", "8", "latents", "2", "batch", "256", "logEvery", "10", "epochs", "2");
        TrainBenchmark.Result result = new TrainBenchmark(config("sentence-vae", small), 1).run(Device.CPU);
        assertThat(result.lastLoss()).isLessThan(result.firstLoss());
        assertThat(result.flops()).isPositive();
        Map<String, String> part = new HashMap<>(small);
        part.put("logEvery", "7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainBenchmark(config("sentence-vae", part), 1))
                .withMessageContaining("--steps 7")
                .withMessageContaining("a multiple of 10");
    }

    @Test
    void speechIsMeasuredInWholeEpochs() throws Exception {
        Map<String, String> small = Map.of(
                "hidden",
                "8",
                "textBlocks",
                "1",
                "blocks",
                "2",
                "latents",
                "2",
                "batch",
                "320",
                "logEvery",
                "4",
                "epochs",
                "2");
        TrainBenchmark.Result result = new TrainBenchmark(config("tts-vae", small), 1).run(Device.CPU);
        assertThat(result.lastLoss()).isLessThan(result.firstLoss());
        assertThat(result.flops()).isPositive();
    }

    private static RunConfig config(String recipe, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("validation", "0");
        return RunConfig.of(Recipes.named(recipe), "generated", 1, all);
    }

    @Test
    void aSpreadIsThatOfTheSortedMeasurements() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }
}
