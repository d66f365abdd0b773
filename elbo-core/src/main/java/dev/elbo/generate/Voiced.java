package dev.elbo.generate;

import dev.elbo.data.Field;
import dev.elbo.data.Statistics;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Log-mel spectra as they are heard. */
final class Voiced {
    /** Of the phases that an inversion begins with: the same spectrum always sounds the same. */
    private static final long SEED = 0;

    private Voiced() {}

    /**
     * The sound of spectra.
     *
     * @param rows [1, T, M] each, as a model observes them; rows of 0 behind the last other one are padding
     */
    static Shown.Sound of(Field.Frames field, MelAnalysis analysis, List<HostArray> rows) {
        MelInversion inversion = MelInversion.standard(analysis);
        List<HostArray> waves = new ArrayList<>();
        List<HostArray> spectra = new ArrayList<>();
        for (HostArray row : rows) {
            HostArray spectrum = restored(row.toFloats(), field.statistics(), analysis.bands());
            float[] samples = inversion.wave(spectrum, SEED).samples();
            spectra.add(spectrum);
            waves.add(HostArray.of(samples, samples.length));
        }
        return new Shown.Sound(waves, analysis.rateHz(), spectra);
    }

    private static HostArray restored(float[] values, Optional<Statistics> statistics, int bands) {
        int frames = values.length / bands;
        while (frames > 1 && isPadding(values, (frames - 1) * bands, bands)) {
            frames--;
        }
        float[] counted = Arrays.copyOf(values, frames * bands);
        return HostArray.of(statistics.map(known -> known.restored(counted)).orElse(counted), frames, bands);
    }

    private static boolean isPadding(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
