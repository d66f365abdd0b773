package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.PixelRange;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittingTest {
    private static DataSource levels(int channels, int level, String attribution) {
        byte[] pixels = new byte[3 * channels * 4];
        Arrays.fill(pixels, (byte) level);
        return new DataSource(
                new DataSpec("mine", Map.of("image", new Field.Image(channels, 2, 2)), attribution),
                new Split(Map.of("image", HostArray.of(pixels, 3, channels, 2, 2))),
                Optional.empty());
    }

    @Test
    void photographsGetALikelihoodForShades() {
        Fitting fitting = Fitting.of(Recipes.named("conv-vae"), levels(3, 100, ""), Map.of());

        assertThat(fitting.settings()).containsExactly(Map.entry("likelihood", "optimal-normal"));
        assertThat(fitting.reason()).contains("likelihood=optimal-normal").contains("--set likelihood=bernoulli");
        assertThat(RunConfig.of(Recipes.named("conv-vae"), "mine", 1, fitting.with(Map.of()))
                        .pixels())
                .contains(Pixels.GREY);
    }

    private static DataSource colourPictures(int side, int count) {
        byte[] pixels = new byte[count * 3 * side * side];
        Arrays.fill(pixels, (byte) 100);
        return new DataSource(
                new DataSpec("faces", Map.of("image", new Field.Image(3, side, side)), ""),
                new Split(Map.of("image", HostArray.of(pixels, count, 3, side, side))),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vq-vae", "deep-vae", "vae-gan"})
    void picturesInColourGetDeeperNetworksAndLongerTrainings(String recipe) {
        Fitting fitting = Fitting.of(Recipes.named(recipe), colourPictures(64, 640), Map.of());

        assertThat(fitting.settings())
                .containsKeys("channels", "batch", "epochs")
                .containsKeys(Recipes.named(recipe).suitable().toArray(String[]::new))
                .hasSize(Recipes.named(recipe).suitable().size() + 1)
                .containsEntry("likelihood", "optimal-normal");
        assertThat(fitting.reason().lines()).hasSize(2);
        RunConfig config = RunConfig.of(Recipes.named(recipe), "faces", 1, fitting.with(Map.of()));
        assertThat(config.training().epochs()).isEqualTo(100); // 10 steps each: more would be for hours
        assertThat(again(config, recipe, colourPictures(64, 640))).isEqualTo(config);
        assertThat(Fitting.of(Recipes.named(recipe), colourPictures(32, 640), Map.of())
                        .settings())
                .containsOnlyKeys("likelihood");
        assertThat(Fitting.of(Recipes.named(recipe), colourPictures(64, 640), Map.of("epochs", "2"))
                        .with(Map.of("epochs", "2")))
                .containsEntry("epochs", "2");
    }

    /** The configuration of a command with the settings that a report names. */
    private static RunConfig again(RunConfig config, String recipe, DataSource data) {
        Map<String, String> given = new LinkedHashMap<>(config.changes());
        given.put("epochs", String.valueOf(config.training().epochs()));
        given.put("batch", String.valueOf(config.training().batch()));
        config.pixels().ifPresent(pixels -> given.put("pixels", pixels.toString()));
        return RunConfig.of(
                Recipes.named(recipe),
                "faces",
                1,
                Fitting.of(Recipes.named(recipe), data, given).with(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vq-vae", "deep-vae", "vae-gan"})
    void aReportsCommandTrainsTheDefaultsAgainWhereTheyWereMeant(String recipe) {
        RunConfig defaults = RunConfig.of(Recipes.named(recipe), "faces", 1, Map.of());

        assertThat(again(defaults, recipe, colourPictures(64, 640))).isEqualTo(defaults);
    }

    private static @Nullable String epochs(String recipe, long examples) {
        DataSpec pictures = colourPictures(64, 1).spec();
        return Recipes.named(recipe).suited(pictures, examples, Map.of()).get("epochs");
    }

    @Test
    void manyPicturesAreTrainedOnNoShorterThanByDefault() {
        assertThat(epochs("vq-vae", 400_000)).isEqualTo("5");
        assertThat(epochs("deep-vae", 400_000)).isEqualTo("20");
        assertThat(epochs("vq-vae", 8_707)).isEqualTo("23");
        assertThat(epochs("vq-vae", 20)).isEqualTo("100");
    }

    @Test
    void whatGoesTogetherFollowsWhatWasGiven() {
        DataSource data = colourPictures(64, 640);
        assertThat(Fitting.of(Recipes.named("vq-vae"), data, Map.of("epochs", "1"))
                        .settings())
                .containsEntry("priorEpochs", "0.8")
                .doesNotContainKey("epochs");
        assertThat(Fitting.of(Recipes.named("deep-vae"), data, Map.of("epochs", "2"))
                        .settings())
                .containsEntry("beta", "linear(0, 3, 0.25)");
        assertThat(Fitting.of(Recipes.named("deep-vae"), data, Map.of("epochs", "0.001"))
                        .settings())
                .containsEntry("beta", "linear(0, 3, 0.01)");
        assertThat(Fitting.of(Recipes.named("deep-vae"), data, Map.of("likelihood", "logistic-mixture"))
                        .settings())
                .doesNotContainKeys("beta", "likelihood")
                .containsKey("channels");
        assertThat(RunConfig.of(Recipes.named("deep-vae"), "faces", 1, Map.of("groups", "0,0,1,2,3")))
                .as("is refused where it does not fit, and not before it is known what suits the data")
                .isNotNull();
    }

    @Test
    void whatFitsEachRecipeIsWhatFitsIt() {
        DataSource data = colourPictures(64, 640);
        Map<String, Fitting> all = Fitting.ofEach(Recipes.all(), data);

        assertThat(all).containsKeys("vq-vae", "vae").doesNotContainKey("picture-vae");
        assertThat(all.get("vq-vae")).isEqualTo(Fitting.of(Recipes.named("vq-vae"), data, Map.of()));
    }

    @Test
    void blackAndWhiteKeepsTheDefault() {
        assertThat(Fitting.of(Recipes.named("vae"), levels(1, 255, ""), Map.of()))
                .isEqualTo(new Fitting(Map.of(), ""));
    }

    @Test
    void whatWasGivenIsLeftAlone() {
        Map<String, String> given = Map.of("likelihood", "bernoulli");
        assertThat(Fitting.of(Recipes.named("vae"), levels(3, 100, ""), given).with(given))
                .isEqualTo(given);
    }

    @Test
    void publishedPhotographsInColourGetItToo() {
        assertThat(Fitting.of(Recipes.named("conv-vae"), levels(3, 100, "somebody"), Map.of())
                        .settings())
                .containsExactly(Map.entry("likelihood", "optimal-normal"));
    }

    @Test
    void publishedDataKeepTheTreatmentOfPublishedFigures() {
        assertThat(Fitting.of(Recipes.named("vae"), levels(1, 100, "somebody"), Map.of())
                        .settings())
                .isEmpty();
    }

    @Test
    void rowsHaveNoTreatmentOfPixels() {
        DataSource rows = new DataSource(
                new DataSpec("table", Map.of("row", new Field.Table(2)), ""),
                new Split(Map.of("row", HostArray.of(new float[] {1, 2, 3, 4}, 2, 2))),
                Optional.empty());
        Fitting fitting = Fitting.of(Recipes.named("vae"), rows, Map.of());
        RunConfig asked = RunConfig.of(Recipes.named("vae"), "table", 1, Map.of());

        assertThat(fitting.config(asked, rows, Map.of()).toJson().path("data").has("pixels"))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitting.config(asked, rows, Map.of("pixels", "grey")))
                .withMessage("data 'table' have no pixels to treat as 'grey'; leave that out");
    }

    @Test
    void theRangeOfPixelsThatWasFoundStaysWithTheRun() {
        DataSource found = levels(1, 255, "");
        DataSource deep = new DataSource(
                found.spec(), found.train(), Optional.empty(), Optional.empty(), List.of(), new PixelRange(0, 65535));
        RunConfig asked = RunConfig.of(Recipes.named("vae"), "mine", 1, Map.of());
        RunConfig config = Fitting.of(Recipes.named("vae"), deep, Map.of()).config(asked, deep, Map.of());

        assertThat(config.toJson().path("data").path("pixelRange").asText()).isEqualTo("0:65535");
        assertThat(config.reading().pixelRange()).isEqualTo(new PixelRange(0, 65535));
    }
}
