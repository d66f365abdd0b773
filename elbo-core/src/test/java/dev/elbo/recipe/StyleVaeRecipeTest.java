package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.Vae;
import dev.elbo.model.WithoutMarkers;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Markers;
import dev.elbo.option.Options;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.train.Composition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class StyleVaeRecipeTest {
    private static final long A = 4;
    private static final long B = 5;
    private static final long C = 6;
    private static final long D = 7;

    private static DataSpec spec(String... styles) {
        Vocabulary vocabulary = Vocabulary.of(Stream.of("a", "b", "c", "d"), 10, 1);
        return new DataSpec(
                "tiny",
                Map.of("text", new Field.Tokens(vocabulary, 5), "label", new Field.Category(List.of(styles))),
                "");
    }

    private static Markers fitted(double salience, long[] tokens, long... labels) {
        StyleVaeRecipe recipe = Options.of(new StyleVaeRecipe())
                .with(Map.of("embedding", "2", "hidden", "2", "latents", "1", "salience", String.valueOf(salience)));
        Composition composition =
                recipe.compose(spec("x", "y"), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
        int rows = labels.length;
        long[] lengths = new long[rows];
        Arrays.fill(lengths, tokens.length / rows);
        Split split = new Split(
                Map.of("text", HostArray.of(tokens, rows, tokens.length / rows), "label", HostArray.of(labels, rows)),
                Map.of("text", HostArray.of(lengths, rows)),
                Map.of());
        Examples examples = new Examples(split, spec("x", "y"), Pixels.GREY, 1, Device.CPU);
        composition.stages().get(0).beginning().orElseThrow().begin(examples, 1);
        WrittenFrom from = (WrittenFrom) ((Vae) composition.model()).context();
        return ((WithoutMarkers) from.source()).markers();
    }

    private static float[] words(Markers markers, int style) {
        return markers.words().get(0, style).toHost().toFloats();
    }

    @Test
    void aWordIsAMarkerWhereItIsSalienceTimesAsFrequent() {
        // style x: a 3, b 1; style y: b 1, c 3. Both have 4 words. Of a in x (3 + 1) / (0 + 1) = 4; of b 1
        long[] tokens = {A, A, A, B, 3, C, C, C, B, 3};

        assertThat(words(fitted(4, tokens, 0, 1), 0)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0);
        assertThat(words(fitted(4, tokens, 0, 1), 1)).containsExactly(0, 0, 0, 0, 0, 0, 1, 0);
        assertThat(words(fitted(4.1, tokens, 0, 1), 0)).containsOnly(0);
    }

    @Test
    void aStyleOfFewerWordsIsCountedAsIfItHadAsMany() {
        // of a in x: 1 of its 2 words, in y 0 of 6: (1 · 6/2 + 1) / (0 + 1) = 4
        long[] tokens = {A, B, 3, 0, 0, B, B, C, C, 3, D, D, 3, 0, 0};

        assertThat(words(fitted(4, tokens, 0, 1, 1), 0)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void wordsBehindAnUnknownOneAreCountedAndPairsWithItAreNot() {
        long[] tokens = {Vocabulary.UNKNOWN, A, A, B, 3, C, C, C, Vocabulary.UNKNOWN, 3};
        Markers markers = fitted(2, tokens, 0, 1);

        // both have 3 words: of a in x (2 + 1) / 1, of b (1 + 1) / 1
        assertThat(words(markers, 0)).containsExactly(0, 0, 0, 0, 1, 1, 0, 0);
        // (a, a) and (a, b)
        assertThat(markers.pairs().get(0, 0).sum().item()).isEqualTo(2);
        assertThat(markers.pairs().get(0, 0).toHost().toFloats()[Markers.pair(A, B)])
                .isEqualTo(1);
    }

    @Test
    void oneStyleIsTooFew() {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StyleVaeRecipe().compose(spec("x"), initial))
                .withMessage(
                        "style-vae learns from sentences of two styles or more, and data 'tiny' have one, 'x': give a"
                                + " .tsv file whose first line names the columns 'text' and 'label'");
    }
}
