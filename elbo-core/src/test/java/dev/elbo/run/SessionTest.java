package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RunDirectory run(String recipe, String settings) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config(recipe, settings));
        run.begin(Device.CPU, Runs.data().spec());
        return run;
    }

    private Session session(String recipe, String settings) throws IOException {
        return new Session(run(recipe, settings), Runs.data(), Device.CPU);
    }

    /** Without labels. */
    private static DataSource unlabelled() {
        DataSource data = Stripes.of(1, 5, 6, 6);
        Map<String, RowSource> images = Map.of("image", data.train().field("image"));
        DataSpec spec = new DataSpec("plain", Map.of("image", data.spec().field("image")), "");
        return new DataSource(spec, new Split(images), Optional.empty());
    }

    @Test
    void aRecipeThatDoesNotFitTheDataLeavesNoScopeOpen() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("cvae", ""));
        try (Scope outer = Scope.open("outer")) {
            assertThatThrownBy(() -> new Session(run, unlabelled(), Device.CPU))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "data 'plain' has no field 'label'; it has [image]. Give labels: a sub-folder for each class, y_train"
                                    + " beside x_train in an .npz file, or a column called label in a table");
            assertThat(Scope.current()).isSameAs(outer);
        }
    }

    @ParameterizedTest
    @CsvSource({"bernoulli, dynamic", "bernoulli, static", "categorical(256), grey", "logistic-mixture, grey"})
    void probabilitiesOfImagesAreToldInBitsByPixelToo(String likelihood, String pixels) throws IOException {
        try (Session session = session("vae", "pixels=" + pixels + " likelihood=" + likelihood)) {
            Evaluation evaluation = session.evaluate("test", 2, fraction -> {});
            long elements = Runs.data().spec().field("image").shape().elements();
            assertThat(evaluation.toJson().path("bitsPerDimension").asDouble())
                    .isEqualTo(evaluation.likelihood().orElseThrow().nll() / elements / Math.log(2), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"bernoulli, probabilities", "normal, grey"})
    void densitiesHaveNoBits(String likelihood, String pixels) throws IOException {
        try (Session session = session("vae", "pixels=" + pixels + " likelihood=" + likelihood)) {
            assertThat(session.evaluate("test", 2, fraction -> {}).bitsPerDimension())
                    .isEmpty();
        }
    }

    @Test
    void validationSplitThatTheDataNameIsUsedAndNothingHeldOut() throws IOException {
        DataSource data = Runs.data();
        DataSource named = new DataSource(data.spec(), data.train(), data.test(), Optional.empty(), List.of());
        try (Session session = new Session(run("vae", "validation=0.5"), named, Device.CPU)) {
            assertThat(session.<Long>with("validation", Examples::size))
                    .isEqualTo(data.test().orElseThrow().size());
            assertThat(session.<Long>with("train", Examples::size))
                    .isEqualTo(data.train().size());
            assertThat(session.heldOut()).isEqualTo("validation");
        }
    }

    /** Images, each beside two measurements. */
    private static DataSource measured() {
        DataSource data = Stripes.of(1, 5, 6, 6);
        int rows = (int) data.train().size();
        float[] numbers = new float[2 * rows];
        for (int i = 0; i < rows; i++) {
            numbers[2 * i] = 1000 + i;
            numbers[2 * i + 1] = -7;
        }
        Map<String, RowSource> arrays =
                Map.of("image", data.train().field("image"), "row", HostArray.of(numbers, rows, 2));
        DataSpec spec =
                new DataSpec("measured", Map.of("image", data.spec().field("image"), "row", new Field.Table(2)), "");
        return new DataSource(spec, new Split(arrays), Optional.empty());
    }

    @Test
    void measurementsAreBroughtToTheScaleOfTheExamplesToLearnFromAndTheRunKeepsIt() throws IOException {
        DataSource data = measured();
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", "epochs=1 validation=0.5"));
        run.begin(Device.CPU, data.spec());
        try (Session session = new Session(run, data, Device.CPU)) {
            session.train(event -> {}, () -> false);
            float[] rows = session.with("train", examples -> {
                Tensor row = session.batch(examples, 0, examples.size()).get("row");
                return row.toHost().toFloats();
            });
            double mean = IntStream.range(0, rows.length / 2)
                    .mapToDouble(i -> rows[2 * i])
                    .average()
                    .orElseThrow();
            assertThat(mean).isEqualTo(0, within(1e-5)); // of float32 numbers near 1
            assertThat(rows[1]).isZero();
        }
        Field.Measured row = (Field.Measured) run.spec().orElseThrow().field("row");
        assertThat(row.statistics().orElseThrow().mean().get(1)).isEqualTo(-7);
    }

    /** Of six pictures other draws of the pixels are other figures: a bound could come out below what it bounds. */
    @Test
    void theValidationSetIsEvaluatedOnThePixelsThatChoseTheBestCheckpoint() throws IOException {
        RunDirectory run = run("vae", "epochs=2 pixels=dynamic");
        List<Double> seen = new ArrayList<>();
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(
                    event -> {
                        if (event instanceof TrainingEvent.Evaluated at && at.best()) {
                            seen.add(at.terms().get("negElbo"));
                        }
                    },
                    () -> false);
        }
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest()) {
            BoundEstimate again = session.evaluate("validation", 1, done -> {}).bound();
            assertThat(again.negElbo()).isEqualTo(seen.get(seen.size() - 1));
        }
    }

    @Test
    void codesOfImagesThatAreDrawnAnewAtEachLookAreThoseOfTheirGreyValues() throws IOException {
        try (Session session = session("vae", "pixels=dynamic")) {
            float[] codes = session.codes("test").centres().toFloats();
            Split test = Runs.data().test().orElseThrow();
            try (Scope scope = Scope.open("grey")) {
                Examples grey = new Examples(test, session.spec(), Pixels.GREY, 1, Device.CPU);
                HostArray expected = session.generator().code(session.batch(grey, 0, grey.size()));
                assertThat(codes).containsExactly(expected.toFloats());
                Examples drawn = new Examples(test, session.spec(), Pixels.DYNAMIC, 1, Device.CPU);
                assertThat(session.generator()
                                .code(session.batch(drawn, 0, drawn.size()))
                                .toFloats())
                        .isNotEqualTo(codes);
            }
        }
    }

    @Test
    void onlyPixelsThatAreDrawnAnewAreEncodedOtherwiseThanTheyAreTrainedOn() {
        assertThat(Pixels.DYNAMIC.encoded()).isEqualTo(Pixels.GREY);
        for (Pixels pixels : List.of(Pixels.STATIC, Pixels.PROBABILITIES, Pixels.GREY)) {
            assertThat(pixels.encoded()).isEqualTo(pixels);
        }
    }

    @Test
    void evaluatesTheBestCheckpointOnTheWholeTestSet() throws IOException {
        RunDirectory run = run("vae", "epochs=6");
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(event -> {}, () -> false);
        }
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest()) {
            Evaluation evaluation = session.evaluate("test", 7, done -> {});
            assertThat(evaluation.bound().points()).isEqualTo(30);
            assertThat(evaluation.likelihood().orElseThrow().nll())
                    .isLessThan(evaluation.bound().negElbo());
            session.keep(evaluation);
            JsonNode json = JSON.readTree(run.evaluation().toFile());
            assertThat(json).isEqualTo(JSON.readTree(evaluation.toJson().toString()));
            assertThat(json.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly(
                            "split",
                            "step",
                            "points",
                            "pixels",
                            "negElbo",
                            "distortion",
                            "rate",
                            "nll",
                            "nllSamples",
                            "nllStandardError",
                            "bitsPerDimension",
                            "activeUnits",
                            "klPerDimension",
                            "latents",
                            "warnings",
                            "seconds");
            assertThat(json.path("pixels").asText()).isEqualTo("dynamic");
            assertThat(json.path("klPerDimension")).hasSize(2);
            assertThat(run.checkpoints().best().orElseThrow())
                    .hasFileName(String.format("step-%010d", json.path("step").asLong()));
        }
    }

    @Test
    void anEvaluationIsRepeatable() throws IOException {
        try (Session session = session("vae", "")) {
            Evaluation once = session.evaluate("test", 7, done -> {});
            Evaluation again = session.evaluate("test", 7, done -> {});
            assertThat(again.bound()).isEqualTo(once.bound());
            assertThat(again.likelihood()).isEqualTo(once.likelihood());
        }
    }

    @Test
    void theStandardErrorOfASingleExampleIsNullInJson() throws IOException {
        DataSource two = Stripes.of(1, 5, 6, 2);
        try (Session session = new Session(run("vae", "validation=0"), two, Device.CPU)) {
            JsonNode json = session.evaluate("test", 7, done -> {}).toJson();
            assertThat(json.path("points").asInt()).isEqualTo(1);
            assertThat(json.path("nllStandardError").isNull()).isTrue();
        }
    }

    /** A second name of the file keeps what an overwriting would have lost had it failed half-way. */
    @Test
    void anEvaluationReplacesTheOneBeforeWhole() throws IOException {
        try (Session session = session("vae", "")) {
            Path file = Files.writeString(session.run().evaluation(), "the one before");
            Path other = Files.createLink(directory.resolve("other"), file);
            session.keep(session.evaluate("validation", 2, done -> {}));
            assertThat(file).content().startsWith("{");
            assertThat(other).hasContent("the one before");
        }
    }

    @Test
    void splitsThatThereAreNotAreNamed() throws IOException {
        try (Session session = session("vae", "validation=0")) {
            assertThatThrownBy(() -> session.evaluate("validation", 2, done -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("data 'stripes' have no validation split; choose another");
            assertThatThrownBy(() -> session.evaluate("tset", 2, done -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("unknown split 'tset'; choose test, validation or train");
        }
    }

    @Test
    void aValidationSetThatLeavesNothingToLearnFromIsRefused() throws IOException {
        RunDirectory run = run("vae", "validation=0.9");
        assertThatThrownBy(() -> new Session(run, Stripes.of(1, 5, 6, 3), Device.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation=0.9 holds out all 3 examples of data 'stripes'; set it lower");
    }

    @Test
    void aRunThatWasNotTrainedHasNothingToLoad() throws IOException {
        try (Session session = session("vae", "")) {
            assertThatThrownBy(session::loadBest)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(
                            session.run().path() + " has no checkpoint yet. Resume it, and let it train for an epoch.");
        }
    }

    @Test
    void aRunWhoseCheckpointsAreAllDamagedIsNotBegunAnew() throws IOException {
        try (Session session = session("vae", "epochs=1")) {
            session.train(event -> {}, () -> false);
            Path damaged = session.run().checkpoints().latest().orElseThrow();
            Files.writeString(damaged.resolve("model.safetensors"), "");
            String metrics = Files.readString(session.run().metrics());
            String message = session.run().path()
                    + " has damaged checkpoints only: they differ from their manifests. Train it again.";
            assertThatThrownBy(() -> session.train(event -> {}, () -> false))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(message);
            assertThatThrownBy(session::loadBest).hasMessage(message);
            assertThat(session.run().metrics()).hasContent(metrics);
        }
    }

    @Test
    void heldOutExamplesAreOfAllClassesAndNotTrainedOn() throws IOException {
        try (Session session = session("vae", "validation=0.2")) {
            long fitting = session.with("train", examples -> examples.size());
            long[] labels = session.with("validation", examples -> {
                assertThat(examples.size() + fitting).isEqualTo(60);
                return session.batch(examples, 0, examples.size())
                        .get("label")
                        .toHost()
                        .toLongs();
            });
            assertThat(labels).hasSize(12).contains(0, 1, 2);
        }
    }
}
