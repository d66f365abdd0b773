package dev.elbo.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Field;
import dev.elbo.data.Statistics;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Recorded;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoicedTest {
    private static final MelAnalysis ANALYSIS = MelAnalysis.of(8000);

    @Test
    void spectraAreHeardInTheUnitsOfTheDataAndWithoutPadding() {
        HostArray frames = ANALYSIS.frames(Recorded.glide(8000, 0.2)); // [26, 48]
        Statistics statistics = new Statistics(Collections.nCopies(48, -4.0), Collections.nCopies(48, 2.0));
        float[] values = frames.toFloats();
        float[] observed = new float[30 * 48]; // four frames of padding
        for (int i = 0; i < values.length; i++) {
            observed[i] = (values[i] + 4) / 2;
        }

        Shown.Sound sound = (Shown.Sound)
                Generator.show(new Field.Frames(ANALYSIS, 30).with(statistics), HostArray.of(observed, 1, 30, 48));

        assertThat(sound.rateHz()).isEqualTo(8000);
        assertThat(sound.waves().get(0).shape().elements()).isEqualTo(25 * 64);
        assertThat(sound.spectra().get(0).toFloats()).containsExactly(values, within(1e-5f)); // 32 bits, there and back
        assertThat(sound.slice(0, 1)).isEqualTo(sound);
    }

    @Test
    void theSameSpectrumAlwaysSoundsTheSame() {
        HostArray frames = ANALYSIS.frames(Recorded.glide(8000, 0.2)).reshape(1, 26, 48);
        Field field = new Field.Frames(ANALYSIS, 26);

        assertThat(Generator.show(field, frames)).isEqualTo(Generator.show(field, frames));
    }

    @Test
    void nothingButPaddingIsSilence() {
        Shown.Sound sound =
                (Shown.Sound) Generator.show(new Field.Frames(ANALYSIS, 9), HostArray.of(new float[9 * 48], 1, 9, 48));

        assertThat(sound.waves().get(0).shape().elements()).isZero();
    }

    @Test
    void picturesOfSpectraAreWhiteBehindTheirEnds() {
        float[] loud = new float[2 * 48];
        HostArray shorter = HostArray.of(new float[48], 1, 48);
        Shown.Sound sound = new Shown.Sound(
                List.of(HostArray.of(new float[64], 64), HostArray.of(new float[0], 0)),
                8000,
                List.of(HostArray.of(loud, 2, 48), shorter));

        HostArray pictures = sound.pictures().orElseThrow();

        assertThat(pictures.shape().sizes()).containsExactly(2, 1, 48, 2);
        assertThat(Arrays.copyOf(pictures.toFloats(), 96)).containsOnly(0f); // full scale is black
        assertThat(pictures.rows(1, 2).toFloats()).startsWith(0f, 1f, 0f, 1f);
    }
}
