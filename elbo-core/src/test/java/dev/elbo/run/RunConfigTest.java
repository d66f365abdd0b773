package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.data.FileFuzz;
import dev.elbo.data.ImageSize;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Pixels;
import dev.elbo.data.Reading;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Card;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.train.Composition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private static RunConfig config(String recipe, Map<String, String> settings) {
        return RunConfig.of(Recipes.named(recipe), "mnist", 1, settings);
    }

    private Path file(JsonNode json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json.toPrettyString());
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (Recipe recipe : Recipes.all()) {
            RunConfig config = config(recipe.name(), Map.of("learningRate", "cosine(0.001, 0, 30)", "clip", "0.5"));
            assertThat(RunConfig.read(file(config.toJson()))).isEqualTo(config);
        }
        RunConfig grey = RunConfig.of(
                Recipes.named("conv-vae"),
                "/some/faces",
                Long.MIN_VALUE,
                Map.of("likelihood", "logistic-mixture", "imageSize", "64x48", "longest", "12"));
        assertThat(RunConfig.read(file(grey.toJson()))).isEqualTo(grey);
    }

    @Test
    void pixelsAreThoseThatTheLikelihoodIsADensityOf() {
        assertThat(config("vae", Map.of()).pixels()).contains(Pixels.DYNAMIC);
        assertThat(config("vae", Map.of("pixels", "static")).pixels()).contains(Pixels.STATIC);
        assertThat(config("vae", Map.of("likelihood", "normal")).pixels()).contains(Pixels.GREY);
        assertThatThrownBy(() -> config("vae", Map.of("likelihood", "normal", "pixels", "dynamic")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the likelihood of this vae is no density of pixels=dynamic; set pixels to grey, or choose"
                        + " another likelihood");
        assertThatThrownBy(() -> config("vae", Map.of("pixels", "grey")))
                .hasMessage("the likelihood of this vae is no density of pixels=grey; set pixels to dynamic or static"
                        + " or probabilities, or choose another likelihood");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vae      | latent=3        | unknown setting 'latent'; did you mean 'latents'?",
                "vae      | latents=many    | latents=many: a whole number was expected",
                "vae      | latents=0       | z has one dimension or more; got latents 0",
                "vae      | freeBits=-1     | freeBits=-1: free bits are nats per dimension, at least 0; got -1.0",
                "conv-vae | freeBits=-1     | freeBits=-1: free bits are nats per dimension, at least 0; got -1.0",
                "cvae     | freeBits=NaN    | freeBits=NaN: free bits are nats per dimension, at least 0; got NaN",
                "iwae     | samples=0       | the importance-weighted bound needs a sample; got 0",
                "vae      | epochs=0        | epochs must be positive, and at most a million; got 0.0",
                "vae      | batch=0         | batch must be positive; got 0",
                "vae      | ema=1           | ema must be in [0, 1); got 1.0",
                "vae      | ema=0.99999999  | ema must be at most 0.9999999, since weights are of 32 bits; got 0.99999999",
                "vae      | activation=rely | activation=rely: did you mean 'relu'? Choose one of relu, tanh, sigmoid, softplus, leaky-relu,"
                        + " elu, silu, gelu",
                "vae      | beta=slow       | beta=slow: 'slow' is no schedule; write a number, linear(from, to, epochs),"
                        + " cyclical(from, to, period, ramp), sigmoid(from, to, epochs), cosine(from, to, epochs),"
                        + " decay(from, factor, epochs), jump(from, to, epochs) or burda(from)",
            })
    void settingsAreRefusedBeforeARunBegins(String recipe, String setting, String message) {
        String[] parts = setting.split("=", -1);
        assertThatThrownBy(() -> config(recipe, Map.of(parts[0], parts[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    /** Whose option would hide how long a training lasts. */
    private record Shadowing(int epochs) implements Recipe {
        @Override
        public String name() {
            return "shadowing";
        }

        @Override
        public String summary() {
            return "a recipe that no run has";
        }

        @Override
        public Card card() {
            return new Card(Card.Group.VAE, "never", "none", "none");
        }

        @Override
        public Composition compose(DataSpec data, Initializer initial) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anOptionThatIsCalledAsASettingOfTheTrainingIsRefused() {
        assertThatThrownBy(() -> RunConfig.of(new Shadowing(3), "mnist", 1, Map.of("epochs", "20")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the option 'epochs' of recipe shadowing is called as a setting of every run is;"
                        + " rename the option");
    }

    @Test
    void howFilesAreReadIsASettingAndIsKept() throws IOException {
        RunConfig config = config("sentence-vae", Map.of("longest", "12", "maxWords", "500", "minCount", "1"));
        assertThat(config.reading().longest()).isEqualTo(12);
        assertThat(config.changes()).containsEntry("maxWords", "500").containsEntry("minCount", "1");
        assertThat(RunConfig.read(file(config.toJson())).reading()).isEqualTo(config.reading());
    }

    @Test
    void aConfigurationThatSaysNothingOfTextsIsThatOfAnEarlierVersion() throws IOException {
        ObjectNode json = config("vae", Map.of()).toJson();
        ((ObjectNode) json.path("data")).remove(List.of("longest", "maxWords", "minCount"));
        ((ObjectNode) json.path("data")).put("imageSize", 32);
        assertThat(RunConfig.read(file(json)).reading())
                .isEqualTo(Reading.standard().imageSize(ImageSize.square(32)));
    }

    @Test
    void aConfigurationOfANewerVersionIsRefused() throws IOException {
        Path file = file(config("vae", Map.of()).toJson().put("format", 2));
        assertThatThrownBy(() -> RunConfig.read(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + " was written by a newer version of Elbo, in format 2; this one reads up to 1."
                        + " Update Elbo.");
    }

    @Test
    void whatARunCannotBeDoneAgainWithoutMustBeThere() throws IOException {
        for (String name : List.of("format", "recipe", "data", "training", "seed")) {
            ObjectNode json = config("vae", Map.of()).toJson();
            json.remove(name);
            requireRefusal(file(json), "it has no '" + name + "'");
            json.put(name, "nonsense");
            requireRefusal(file(json), "its '" + name + "' is \"nonsense\"");
        }
        for (String path : List.of("recipe/name", "recipe/options", "data/name", "data/imageSize", "data/pixels")) {
            ObjectNode json = config("vae", Map.of()).toJson();
            String name = path.split("/", -1)[1];
            ((ObjectNode) json.path(path.split("/", -1)[0])).remove(name);
            requireRefusal(file(json), "it has no '" + name + "'");
        }
    }

    private static void requireRefusal(Path file, String reason) {
        assertThatThrownBy(() -> RunConfig.read(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(file + " is no configuration of a run: " + reason)
                .hasMessageEndingWith(". Repair it, or choose another run.");
    }

    @Test
    void seedsThatAreNoWholeNumbersAreRefused() throws IOException {
        for (String seed : List.of("1.5", "1e40", "null", "true", "99999999999999999999", "[1]")) {
            ObjectNode json = config("vae", Map.of()).toJson();
            json.set("seed", JSON.readTree(seed));
            requireRefusal(file(json), "its 'seed' is " + JSON.readTree(seed));
        }
    }

    @Test
    void nothingElseIsTakenForAListOrANumber() throws IOException {
        ObjectNode json = config("vae", Map.of()).toJson();
        ((ObjectNode) json.path("recipe").path("options")).putObject("hidden");
        requireRefusal(file(json), "hidden={}: whole numbers with commas between them were expected");
        for (String size : List.of("5000000000", "2.5", "true")) {
            ObjectNode image = config("vae", Map.of()).toJson();
            ((ObjectNode) image.path("data")).set("imageSize", JSON.readTree(size));
            requireRefusal(file(image), "its 'imageSize' is " + size);
        }
        requireRefusal(file(config("vae", Map.of()).toJson().put("format", 0)), "its 'format' is 0");
    }

    @Test
    void filesThatWereCutOffOrDamagedAreReadOrRefused() throws IOException {
        FileFuzz fuzz = new FileFuzz(directory, RunConfig::read);
        byte[] valid = Files.readAllBytes(file(config("vae", Map.of()).toJson()));
        fuzz.truncate(valid);
        fuzz.flip(valid, 1000);
        fuzz.readOrRefuse(new byte[] {0, 0, 0, '{', 'x', 'y', 'z', 'a'}); // taken for UTF-32
        fuzz.readOrRefuse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    }
}
