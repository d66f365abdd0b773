package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Npy;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TinyRun.Extension.class)
class BenchPicturesTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void copyRun(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/tiny");
    }

    private static JsonNode judged(String... more) throws IOException {
        String[] line = new String[more.length + 6];
        System.arraycopy(new String[] {"bench", "pictures", "tiny", "--count", "40", "--json"}, 0, line, 0, 6);
        System.arraycopy(more, 0, line, 6, more.length);
        ElboProcess.Ended ended = ELBO.run(line);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.json();
    }

    /** Bars that stand and bars that lie are told apart in 40 epochs; after two epochs of training, a model's are not like them. */
    @Test
    void samplesAreFurtherFromHeldOutPicturesThanTrainingPicturesAre() throws IOException {
        JsonNode said = judged("--epochs", "40", "--out", "sets");

        assertThat(said.path("samples").asInt()).isEqualTo(40);
        assertThat(said.path("heldOut").asInt()).isEqualTo(40);
        JsonNode distances = said.path("distances");
        assertThat(distances.path("label").asText()).isEqualTo("label");
        assertThat(distances.path("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(distances.path("samples").asDouble())
                .isGreaterThan(distances.path("training").asDouble());
        assertThat(said.path("nearest").path("asked").asInt()).isEqualTo(40);
        assertThat(said.path("nearest").path("heldOut").asDouble()).isBetween(0.0, 1.0);

        for (String name : new String[] {"samples", "reconstructions", "held-out", "training"}) {
            HostArray set = Npy.read(ELBO.folder().resolve("sets/" + name + ".npy"));
            assertThat(set.shape()).as(name).isEqualTo(Shape.of(40, 1, 8, 8));
        }
    }

    @Test
    void aClassifierThatIsKeptSaysTheSameAgain() throws IOException {
        JsonNode first = judged("--epochs", "3", "--classifier", "judge.safetensors");

        Path kept = ELBO.folder().resolve("judge.safetensors");
        assertThat(kept).exists();
        assertThat(judged("--classifier", "judge.safetensors")).isEqualTo(first);
    }

    @Test
    void whereThereAreNoClassesThereIsNoDistance() throws IOException {
        JsonNode said = judged("--by", "colour");

        assertThat(said.has("distances")).isFalse();
        assertThat(said.path("nearest").path("samples").asDouble()).isPositive();
        assertThat(ELBO.run("bench", "pictures", "tiny", "--count", "40", "--by", "colour")
                        .out())
                .startsWith("nearest of ");
    }

    @Test
    void aFieldThatIsNoClassIsRefused() {
        ElboProcess.Ended ended = ELBO.run("bench", "pictures", "tiny", "--count", "40", "--by", "image");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("a classifier learns to tell classes apart, and 'image' is a");
    }
}
