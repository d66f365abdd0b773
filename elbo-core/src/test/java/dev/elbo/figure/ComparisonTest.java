package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    private Path folder;

    private Path small;
    private Path large;

    @BeforeEach
    void makeRuns() throws IOException {
        small = run("small", 8, 2, 110);
        large = run("large", 20, 4, 100);
    }

    /** Evaluated after each epoch, a nat less each time, down to {@code last}; a nat lower still on the test set. */
    private Path run(String name, int latents, int epochs, double last) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("config.json"), """
                {"elbo": "0.1.0", "format": 1, "recipe": {"name": "vae", "options": {"latents": %d, "beta": "1"}},
                 "data": {"name": "mnist", "pixels": "dynamic", "spec": {"fields": {"image": {"width": %d}}}},
                 "training": {"epochs": %d}, "seed": 1,
                 "environment": {"device": "cpu", "cores": %d}, "started": "2026-01-0%dT00:00:00Z"}
                """.formatted(latents, latents, epochs, latents, epochs));
        List<String> lines = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double negElbo = last + epochs - epoch;
            lines.add("""
                    {"event":"step","step":%1$d0,"epoch":%1$d.0,"seconds":%1$d5,"learningRate":0.001,"gradientNorm":2,\
                    "terms":{"negElbo":%2$s}}""".formatted(epoch, negElbo + 1));
            lines.add("""
                    {"event":"evaluated","step":%1$d0,"epoch":%1$d.0,"split":"validation",\
                    "terms":{"negElbo":%2$s,"rate":20,"activeUnits":8}}""".formatted(epoch, negElbo));
        }
        Files.writeString(run.resolve("metrics.jsonl"), String.join("\n", lines));
        Files.writeString(run.resolve("evaluation.json"), """
                {"split": "test", "negElbo": %s, "nll": 95.5, "nllSamples": 50, "rate": 20.25, "distortion": 80,
                 "activeUnits": 8, "pixels": "dynamic"}""".formatted(last - 1));
        return run;
    }

    private Comparison both() throws IOException {
        return Comparison.of(List.of(small, large));
    }

    private static void change(Path file, String before, String after) throws IOException {
        String content = Files.readString(file);
        assertThat(content).contains(before);
        Files.writeString(file, content.replace(before, after));
    }

    @Test
    void everyRunHasALineOfFigures() throws IOException {
        assertThat(both().figures())
                .containsExactly(
                        List.of(
                                "RUN",
                                "−ELBO",
                                "−log p(x)",
                                "RATE",
                                "DISTORTION",
                                "ACTIVE",
                                "MEASURED ON",
                                "EPOCHS",
                                "SECONDS"),
                        List.of("small", "109.00", "95.50", "20.25", "80.00", "8", "test", "2.0", "25"),
                        List.of("large", "99.00", "95.50", "20.25", "80.00", "8", "test", "4.0", "45"));
    }

    @Test
    void onlyOptionsThatDifferAreListedAndNotWhenOrWhereARunWasMade() throws IOException {
        assertThat(both().differences())
                .containsExactly(
                        List.of("OPTION", "small", "large"),
                        List.of("latents", "8", "20"),
                        List.of("epochs", "2", "4"));
    }

    @Test
    void theCourseSaysWhatEachRunHadReachedByAnEpoch() throws IOException {
        assertThat(both().course())
                .containsExactly(
                        List.of("EPOCH", "1", "2", "3", "4"),
                        List.of("small", "111.00", "110.00", "–", "–"),
                        List.of("large", "103.00", "102.00", "101.00", "100.00"));
    }

    @Test
    void curvesLieOverEachOtherWithOneColourForARun() throws IOException {
        List<Plot> plots = both().plots();
        assertThat(plots)
                .extracting(Plot::title)
                .containsExactly(
                        "Negative ELBO, validation",
                        "Negative ELBO, training",
                        "Rate, validation",
                        "Active units, validation",
                        "Learning rate, training",
                        "Gradient norm, training");
        assertThat(plots).allSatisfy(plot -> {
            assertThat(plot.traces()).extracting(Trace::name).containsExactly("small", "large");
            assertThat(plot.traces()).extracting(Trace::ink).containsExactly(Ink.BLUE, Ink.ORANGE);
        });
    }

    @Test
    void natsThatCannotBeComparedAreNamed() throws IOException {
        assertThat(both().notes()).isEmpty();
        change(small.resolve("config.json"), "\"dynamic\"", "\"static\"");
        change(small.resolve("evaluation.json"), "\"nllSamples\": 50", "\"nllSamples\": 5000");
        assertThat(both().notes())
                .containsExactly(
                        "Nats cannot simply be compared between these runs, which differ in pixels (static; dynamic)",
                        "−log p(x) is by different numbers of importance samples (5000; 50), and comes out lower with more");
    }

    @Test
    void aRunThatIsStillInTrainingIsComparedByItsLastLookAtTheValidationSet() throws IOException {
        Files.delete(small.resolve("evaluation.json"));
        assertThat(both().figures().get(1))
                .containsExactly("small", "110.00", "–", "20.00", "–", "8", "validation, so far", "2.0", "25");
        assertThat(both().notes()).singleElement().asString().contains("measured on (validation, so far; test)");
    }

    @Test
    void aRunThatHasJustBegunIsComparedToo() throws IOException {
        Files.delete(small.resolve("evaluation.json"));
        Files.delete(small.resolve("metrics.jsonl"));
        assertThat(both().figures().get(1)).contains("nothing yet");
        assertThat(both().toJson().path("runs").get(0).path("epochs").isNull()).isTrue();
    }

    @Test
    void runsOfOneNameAreCalledByTheirPaths() throws IOException {
        Path twin = run("other/small", 8, 2, 110);
        assertThat(Comparison.of(List.of(small, twin)).figures())
                .extracting(row -> row.get(0))
                .containsExactly("RUN", small.toString(), twin.toString());
    }

    @Test
    void programsGetFiguresCurvesAndDifferences() throws IOException {
        JsonNode json = both().toJson();
        JsonNode second = json.path("runs").get(1);
        assertThat(second.path("name").asText()).isEqualTo("large");
        assertThat(second.path("figures").path("negElbo").asDouble()).isEqualTo(99);
        assertThat(second.path("validation")).hasSize(4);
        assertThat(second.path("validation").get(3).path("negElbo").asDouble()).isEqualTo(100);
        assertThat(json.path("differences").path("latents").path("small").asText())
                .isEqualTo("8");
        assertThat(json.path("notes").isArray()).isTrue();
    }

    @Test
    void thePageNeedsNoOtherFileAndEscapesWhatItShows() throws IOException {
        change(small.resolve("config.json"), "\"beta\": \"1\"", "\"beta\": \"<script>alert(1)</script>\"");
        String html = Files.readString(both().write(folder.resolve("new/compare.html")));
        assertThat(html)
                .contains("2 runs compared", "Negative ELBO, validation", "109.00", "Options that differ", "latents")
                .contains("default-src 'none'", "&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
    }

    @Test
    void runsThatWereAskedForTheSameSaySo() throws IOException {
        Path twin = run("twin", 8, 2, 109);
        Comparison same = Comparison.of(List.of(small, twin));
        assertThat(same.differences()).hasSize(1);
        assertThat(Files.readString(same.write(folder.resolve("c.html")))).contains("None: the runs were asked for");
    }

    @Test
    void oneRunOrTheSameTwiceOrTooManyAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(small)))
                .withMessage("2 to 10 runs are compared, one for each colour; got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(small, large, folder.resolve("large/../small"))))
                .withMessageContaining("is named twice");
        assertThatThrownBy(() -> Comparison.of(List.of(small, folder.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class);
    }
}
