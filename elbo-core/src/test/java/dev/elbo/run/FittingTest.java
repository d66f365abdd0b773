package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

        assertThat(fitting.settings()).containsExactly(Map.entry("likelihood", "normal"));
        assertThat(fitting.reason()).contains("likelihood=normal").contains("--set likelihood=bernoulli");
        assertThat(RunConfig.of(Recipes.named("conv-vae"), "mine", 1, fitting.with(Map.of()))
                        .pixels())
                .contains(Pixels.GREY);
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
    void publishedDataKeepTheTreatmentOfPublishedFigures() {
        assertThat(Fitting.of(Recipes.named("vae"), levels(1, 100, "somebody"), Map.of())
                        .settings())
                .isEmpty();
    }
}
