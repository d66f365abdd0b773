package dev.elbo.sound;

import dev.elbo.tensor.HostArray;
import java.util.List;

/** The way from log-mel spectra back to waves. */
public interface Inversion {
    /** What made the spectra. */
    MelAnalysis analysis();

    /**
     * The waves of log-mel spectra, [T, M] each, of (T − 1) · hop samples; silence in the place of one that is too short to be turned back.
     *
     * @param spectra FLOAT32 [T, M] each
     * @param seed of what chance decides
     */
    List<Wave> waves(List<HostArray> spectra, long seed);

    /** The wave of one. */
    default Wave wave(HostArray frames, long seed) {
        return waves(List.of(frames), seed).get(0);
    }

    /** Nothing to hear, as long as so many frames. */
    default Wave silence(int frames) {
        return new Wave(
                new float[Math.max(0, frames - 1) * analysis().hop()],
                analysis().rateHz());
    }
}
