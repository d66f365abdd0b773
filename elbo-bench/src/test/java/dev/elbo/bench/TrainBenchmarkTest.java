package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Device;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainBenchmarkTest {

    @Test
    void aMeasurementShowsThatTheLossFellAndTheWeightsMoved() throws Exception {
        RunConfig config = RunConfig.of(
                Recipes.named("vae"),
                "generated",
                1,
                Map.of("hidden", "32", "latents", "4", "logEvery", "20", "epochs", "1", "validation", "0"));
        TrainBenchmark.Result result = new TrainBenchmark(config, 1).run(Device.CPU);
        assertThat(result.lastLoss()).isLessThan(result.firstLoss());
        assertThat(result.moved()).isPositive();
        assertThat(result.stepsPerSecond().median()).isPositive();
    }

    @Test
    void aSpreadIsThatOfTheSortedMeasurements() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }
}
