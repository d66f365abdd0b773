package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ScatterTest {
    private static final HostArray SQUARE = HostArray.of(new float[] {-1, -1, 1, -1, -1, 1, 1, 1}, 4, 2);

    @Test
    void aCodeLiesWhereItsCoordinatesSayInTheColourOfItsLabel() {
        HostArray labels = HostArray.of(new long[] {0, 1, 2, 2}, 4);
        Scatter scatter = Scatter.of(SQUARE, "").coloured(labels, List.of("0", "1", "2"));
        BufferedImage figure = scatter.draw();
        int half = figure.getWidth() / 2;
        assertThat(inks(figure.getSubimage(0, 150, half, half - 150))).containsExactly(Ink.GREEN);
        assertThat(inks(figure.getSubimage(half, 150, half, half - 150))).containsExactly(Ink.GREEN);
        assertThat(inks(figure.getSubimage(0, half, half, half))).containsExactly(Ink.BLUE);
        assertThat(inks(figure.getSubimage(half, half, half, half))).containsExactly(Ink.ORANGE);
    }

    /** The inks of the dots in a part of the figure, which let the white below shine through. */
    private static Set<Ink> inks(BufferedImage part) {
        Set<Ink> inks = EnumSet.noneOf(Ink.class);
        for (int pixel : part.getRGB(0, 0, part.getWidth(), part.getHeight(), null, 0, part.getWidth())) {
            Stream.of(Ink.BLUE, Ink.ORANGE, Ink.GREEN)
                    .filter(ink -> isNear(pixel, ink.color(1), 0.65))
                    .forEach(inks::add);
        }
        return inks;
    }

    private static boolean isNear(int pixel, Color ink, double opacity) {
        Color seen = new Color(pixel);
        return Math.abs(seen.getRed() - 255 + opacity * (255 - ink.getRed())) < 3 // rounding of the mixture
                && Math.abs(seen.getGreen() - 255 + opacity * (255 - ink.getGreen())) < 3
                && Math.abs(seen.getBlue() - 255 + opacity * (255 - ink.getBlue())) < 3;
    }

    @Test
    void whereColoursComeAgainDotsHaveAnotherShape() {
        assertThat(Ink.of(10)).isEqualTo(Ink.of(0));
        assertThat(Legend.Sign.ofClass(10)).isNotEqualTo(Legend.Sign.ofClass(0));
        assertThat(Legend.Sign.ofClass(9)).isEqualTo(Legend.Sign.ofClass(0));
    }

    @Test
    void aLegendOfFortyClassesTakesRoomOfItsOwn() {
        List<String> names =
                IntStream.range(0, 40).mapToObj(i -> "class number " + i).toList();
        Scatter labelled = Scatter.of(SQUARE, "").coloured(HostArray.of(new long[] {0, 10, 20, 39}, 4), names);
        Assumptions.assumeTrue(Lettering.available());
        assertThat(labelled.draw().getHeight())
                .isGreaterThan(Scatter.of(SQUARE, "").draw().getHeight() + 2 * 5 * 18);
    }

    @Test
    void moreClassesThanCanBeToldApartHaveOneColour() {
        List<String> names = IntStream.range(0, 41).mapToObj(Integer::toString).toList();
        BufferedImage figure = Scatter.of(SQUARE, "")
                .coloured(HostArray.of(new long[] {0, 1, 2, 40}, 4), names)
                .draw();
        assertThat(inks(figure.getSubimage(0, 150, figure.getWidth(), figure.getHeight() - 150)))
                .containsExactly(Ink.BLUE);
    }

    @Test
    void tenThousandCodesCanBeDrawn() {
        Random random = new Random(1);
        float[] codes = new float[20_000];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (float) random.nextGaussian();
        }
        codes[0] = Float.NaN;
        assertThat(Scatter.of(HostArray.of(codes, 10_000, 2), "Latent codes").draw())
                .isNotNull();
    }

    @Test
    void whatDoesNotLieInAPlaneIsRefused() {
        assertThatThrownBy(() -> Scatter.of(HostArray.of(new float[6], 2, 3), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a scatter plot needs codes [N, 2], at least one; got FLOAT32 [2, 3]");
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        HostArray labels = HostArray.of(new long[] {0, 1, 2, 3}, 4);
        assertThatThrownBy(() -> Scatter.of(SQUARE, "").coloured(labels, List.of("0", "1", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every label needs a name, and there are names for 0 to 2 only");
        assertThatThrownBy(() -> Scatter.of(SQUARE, "").coloured(HostArray.of(new long[3], 3), List.of()))
                .hasMessage("every code needs a label; got labels INT64 [3] for codes FLOAT32 [4, 2]");
    }
}
