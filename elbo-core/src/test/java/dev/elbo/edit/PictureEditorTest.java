package dev.elbo.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Stripes;
import dev.elbo.generate.Generator;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PictureEditorTest {
    private static final DataSource DATA = Stripes.of(1, 6, 6, 2);

    /** With the first weights of a model. */
    private static void with(String recipe, Map<String, String> options, Consumer<PictureEditor> use) {
        try (Scope scope = Scope.open("model")) {
            Recipe small = Recipes.with(Recipes.named(recipe), options);
            use.accept(PictureEditor.of(
                    new Generator(
                            small.compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                                    .model(),
                            DATA.spec(),
                            Device.CPU),
                    Map.of()));
        }
    }

    private static void withVae(Consumer<PictureEditor> use) {
        with("vae", Map.of("hidden", "8", "latents", "2"), use);
    }

    private static HostArray picture(int row) {
        long[] levels = DATA.train().field("image").rows(row, row + 1L).toLongs();
        float[] pixels = new float[levels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = levels[i] / 255f;
        }
        return HostArray.of(pixels, 1, 1, 6, 6);
    }

    /** The upper half. */
    private static HostArray upper() {
        float[] known = new float[36];
        for (int i = 0; i < 18; i++) {
            known[i] = 1;
        }
        return HostArray.of(known, 1, 1, 6, 6);
    }

    @Test
    void aWayBeginsAndEndsWithWhatTheModelMakesOfBoth() {
        withVae(editor -> {
            HostArray way = editor.morph(picture(0), picture(1), 5, true);

            assertThat(way.shape().sizes()).containsExactly(5, 1, 6, 6);
            assertClose(way.rows(0, 1), editor.decode(editor.encode(picture(0))));
            assertClose(way.rows(4, 5), editor.decode(editor.encode(picture(1))));
        });
    }

    @Test
    void knownPixelsStayWhicheverWayMissingOnesArePainted() {
        withVae(editor -> {
            HostArray fitted = editor.inpainted(picture(0), upper(), 3, 0.1);
            HostArray drawn = editor.gibbs(picture(0), upper(), 3, 7);

            float[] all = picture(0).toFloats();
            for (HostArray made : List.of(fitted, drawn)) {
                for (int i = 0; i < 18; i++) {
                    assertThat(made.toFloats()[i]).isEqualTo(all[i]);
                }
            }
            assertThat(editor.gibbs(picture(0), upper(), 3, 7)).isEqualTo(drawn);
        });
    }

    @Test
    void missingPixelsDoNotMatter() {
        withVae(editor -> {
            float[] other = picture(0).toFloats().clone();
            other[30] = 0.77f;

            assertThat(editor.inpainted(HostArray.of(other, 1, 1, 6, 6), upper(), 3, 0.1))
                    .isEqualTo(editor.inpainted(picture(0), upper(), 3, 0.1));
        });
    }

    @Test
    void aFitFindsLikelierLatentsThanTheEncoder() {
        withVae(editor -> {
            Map<String, HostArray> encoded = editor.encode(picture(0));
            Map<String, HostArray> fitted = editor.fitted(picture(0), upper(), 30, 0.05);

            assertThat(loss(editor, fitted)).isLessThan(loss(editor, encoded));
        });
    }

    /** −log p(upper half|z) + ‖z‖² / 2 in nats, by hand: the likelihood is a Bernoulli. */
    private static double loss(PictureEditor editor, Map<String, HostArray> z) {
        float[] p = editor.decode(z).toFloats();
        float[] x = picture(0).toFloats();
        double loss = 0;
        for (int i = 0; i < 18; i++) {
            loss -= x[i] * Math.log(p[i]) + (1 - x[i]) * Math.log(1 - p[i]);
        }
        for (float number : z(z)) {
            loss += number * number / 2;
        }
        return loss;
    }

    @Test
    void aPictureMixedWithItselfStaysWhatTheModelMakesOfIt() {
        with("deep-vae", Map.of("channels", "4,5", "groups", "1,1", "latentChannels", "2", "latents", "3"), editor -> {
            HostArray same = editor.decode(editor.encode(picture(0)));

            assertClose(editor.mix(picture(0), picture(0), List.of("z3")), same);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> editor.mix(picture(0), picture(1), List.of("z9")))
                    .withMessageContaining("the model has no latent 'z9'; it has");
        });
    }

    @Test
    void anAttributeOfAnotherPictureIsTaken() {
        withVae(editor -> {
            Direction first =
                    new Direction("first", "label", Direction.Method.MEAN, Map.of("z", new float[] {1, 0}), 1, 2);
            Map<String, HostArray> expected = new LinkedHashMap<>(editor.encode(picture(1)));
            float a = z(editor.encode(picture(0)))[0];
            float b = z(expected)[1];
            expected.put("z", HostArray.of(new float[] {a, b}, 1, 2));

            assertClose(editor.mix(picture(0), picture(1), first), editor.decode(expected));
        });
    }

    @Test
    void codesCannotBeMoved() {
        with(
                "vq-vae",
                Map.of("channels", "4,5", "codes", "6", "codeDims", "3", "priorChannels", "4", "priorBlocks", "1"),
                editor -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> editor.morph(picture(0), picture(1), 3, true))
                        .withMessageStartingWith(
                                "a way from one picture to another needs latents that are vectors, and 'codes' is of codes"));
    }

    @Test
    void aModelOfRowsIsNoModelOfPictures() {
        try (Scope scope = Scope.open("model")) {
            DataSpec rows = new DataSpec("rows", Map.of("row", new Field.Table(3)), "");
            Generator generator = new Generator(
                    Recipes.with(Recipes.named("vae"), Map.of("likelihood", "normal"))
                            .compose(rows, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                            .model(),
                    rows,
                    Device.CPU);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PictureEditor.of(generator, Map.of()))
                    .withMessage("this is no model of pictures: it is one of 'row', table");
        }
    }

    private static float[] z(Map<String, HostArray> latents) {
        return Objects.requireNonNull(latents.get("z")).toFloats();
    }

    private static void assertClose(HostArray a, HostArray b) {
        float[] x = a.toFloats();
        float[] y = b.toFloats();
        for (int i = 0; i < x.length; i++) {
            assertThat((double) x[i]).isCloseTo(y[i], within(1e-5)); // FLOAT32, batches of other sizes
        }
    }
}
