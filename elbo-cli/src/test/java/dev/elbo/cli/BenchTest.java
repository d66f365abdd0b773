package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir
    Path folder;

    private static JsonNode measured(ElboProcess elbo) throws IOException {
        ElboProcess.Ended ended = elbo.run(
                ("bench train vae --set hidden=16 --set latents=2 --batch 100 --steps 60 --warm-up 0 --repeats 2 --threads 1"
                                + " --json")
                        .split(" "));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended.json();
    }

    @Test
    void aTrainingIsMeasuredAsItWasAskedFor() throws IOException {
        JsonNode json = measured(new ElboProcess(folder));
        assertThat(json.path("stepsPerSecond").path("median").asDouble()).isPositive();
        assertThat(json.path("lastLoss").asDouble())
                .isLessThan(json.path("firstLoss").asDouble());
        assertThat(json.path("threads").asInt()).isEqualTo(1);
        assertThat(json.path("config").path("training").path("batch").asInt()).isEqualTo(100);
    }

    @Test
    void libtorchMultipliesWhereOneDnnHasNoFastKernels() throws IOException {
        JsonNode json = measured(new ElboProcess(folder).environment("ONEDNN_MAX_CPU_ISA", "SSE41"));
        assertThat(json.path("kernels").asText()).startsWith("OpenBLAS ");
        assertThat(json.path("lastLoss").asDouble())
                .isLessThan(json.path("firstLoss").asDouble());
    }
}
