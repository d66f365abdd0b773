package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferBenchmarkTest {
    private static final Map<String, String> SENTENCES =
            Map.of("embedding", "4", "hidden", "8", "latents", "2", "batch", "4");

    private static InferBenchmark.Result measured(String recipe, Map<String, String> settings) {
        RunConfig config = RunConfig.of(Recipes.named(recipe), "generated", 1, settings);
        return new InferBenchmark(config, 1, 0.01, 1).run(Device.CPU);
    }

    @Test
    void imagesAreEncodedDecodedAndScored() {
        InferBenchmark.Result result =
                measured("vae", Map.of("hidden", "8", "latents", "2", "batch", "4", "pixels", "probabilities"));

        assertThat(result.examplesPerSecond()).containsOnlyKeys("encode", "decode", "score");
    }

    @Test
    void sentencesAreEncodedWrittenAndScored() {
        assertThat(measured("sentence-vae", SENTENCES).examplesPerSecond())
                .containsOnlyKeys("encode", "write", "score");
    }

    @Test
    void whatHasNoCodeIsNotEncoded() {
        Map<String, String> settings = Map.of("embedding", "4", "hidden", "8", "batch", "4");

        assertThat(measured("lm", settings).examplesPerSecond()).containsOnlyKeys("write", "score");
    }

    @Test
    void speechIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured("tts-vae", Map.of()))
                .withMessageContaining("tts-vae observes neither");
    }
}
