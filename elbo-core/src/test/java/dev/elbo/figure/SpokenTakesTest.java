package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpokenTakesTest {
    /** So many frames of 10 bands, which are loud. */
    private static SpokenTakes.Take take(int frames, Long... ends) {
        float[] loud = new float[frames * 10];
        Arrays.fill(loud, -1);
        return new SpokenTakes.Take(HostArray.of(loud, frames, 10), List.of(ends));
    }

    private static SpokenTakes.Said said(SpokenTakes.Take recorded, SpokenTakes.Take made) {
        return new SpokenTakes.Said("1", List.of("T", "UW1"), recorded, made);
    }

    private static long pixels(BufferedImage picture, int rgb) {
        return Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .filter(pixel -> (pixel & 0xffffff) == rgb)
                .count();
    }

    @Test
    void aLoudSpectrumIsDarkAndAsLongAsItsFrames() {
        BufferedImage one = new SpokenTakes(List.of(said(take(20, 20L, 20L), take(20, 20L, 20L)))).draw();
        BufferedImage shorter = new SpokenTakes(List.of(said(take(20, 20L, 20L), take(10, 10L, 10L)))).draw();

        long black = pixels(one, 0x000000);
        assertThat(shorter.getWidth()).isEqualTo(one.getWidth()); // as wide as the longest asks for
        // 20 frames of 4 × 20 pixels, twice, in a density of 2, but for the edges that lines lie on
        assertThat(black).isBetween(2L * 20 * 4 * 20 * 4 - 1000, 2L * 20 * 4 * 20 * 4 + 400);
        assertThat(pixels(shorter, 0x000000)).isBetween(black * 3 / 4 - 1000, black * 3 / 4 + 1000);
    }

    @Test
    void aLongTextIsAsWideAsAPageAllows() {
        SpokenTakes.Take longer = take(2000, 1000L, 2000L);
        BufferedImage picture = new SpokenTakes(List.of(said(longer, longer))).draw();

        assertThat(picture.getWidth()).isLessThan(2 * 1200);
        assertThatIllegalArgumentException().isThrownBy(() -> new SpokenTakes(List.of()));
    }
}
