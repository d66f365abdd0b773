package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.SpeechVae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A model that has learned nothing cuts recordings evenly, rather than by chance. */
class EvenAlignmentTest {

    @Test
    void statesShareTheFramesEvenlyBeforeAnythingIsLearned() {
        Recipe recipe = Recipes.named("tts-vae");
        DataSource data = SuitedData.of(recipe, 8);
        try (Scope scope = Scope.open("alignment")) {
            LatentVariableModel model = recipe.compose(
                            data.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                    .model();
            Batch batch = new Examples(data.train(), data.spec(), SuitedData.pixels(recipe), 3, Device.CPU)
                    .range(0, 4, Rng.seeded(3, Device.CPU));
            long[] frames = batch.lengths(SpeechVae.SOUND).toHost().toLongs();
            long[] durations = Objects.requireNonNull(
                            model.encode(batch, Pass.deterministic()).get(SpeechVae.DURATIONS))
                    .toHost()
                    .toLongs();
            int most = durations.length / frames.length;
            for (int i = 0; i < frames.length; i++) {
                long[] each = Arrays.stream(durations, i * most, (i + 1) * most)
                        .filter(d -> d > 0)
                        .toArray();
                double even = (double) frames[i] / each.length;
                assertThat(Arrays.stream(each).sum()).isEqualTo(frames[i]);
                assertThat(Arrays.stream(each)).allMatch(d -> Math.abs(d - even) < 2);
            }
        }
    }
}
