package dev.elbo.generate;

import dev.elbo.figure.Spectrograms;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Optional;

/** What a field's values become when people are to see or hear them. */
public sealed interface Shown {
    /** How many there are. */
    int count();

    /** What there is to see of them, [N, C, H, W] in 0 … 1: pictures, or the spectra of sound; nothing of others. */
    default Optional<HostArray> pictures() {
        return Optional.empty();
    }

    /** Those {@code from} (inclusive) to {@code to} (exclusive). */
    Shown slice(int from, int to);

    /**
     * Pictures.
     *
     * @param pixels FLOAT32 [N, C, H, W] in 0 … 1
     */
    record Images(HostArray pixels) implements Shown {
        @Override
        public int count() {
            return (int) pixels.shape().size(0);
        }

        @Override
        public Optional<HostArray> pictures() {
            return Optional.of(pixels);
        }

        @Override
        public Images slice(int from, int to) {
            return new Images(pixels.rows(from, to));
        }
    }

    /** Lines of text. */
    record Text(List<String> lines) implements Shown {
        /** Copies the list. */
        public Text {
            lines = List.copyOf(lines);
        }

        @Override
        public int count() {
            return lines.size();
        }

        @Override
        public Text slice(int from, int to) {
            return new Text(lines.subList(from, to));
        }
    }

    /**
     * Recordings of one channel.
     *
     * @param waves by recording, in −1 … 1, FLOAT32 [T]
     * @param rateHz samples a second
     * @param spectra the log-mel spectra that the waves were made of, by recording, FLOAT32 [T, M]; none of waves that were made as such
     */
    record Sound(List<HostArray> waves, double rateHz, List<HostArray> spectra) implements Shown {
        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if some waves have spectra and others none
         */
        public Sound {
            waves = List.copyOf(waves);
            spectra = List.copyOf(spectra);
            if (!spectra.isEmpty() && spectra.size() != waves.size()) {
                throw new IllegalArgumentException(waves.size() + " waves have " + spectra.size() + " spectra");
            }
        }

        /** Waves that were made as such. */
        public Sound(List<HostArray> waves, double rateHz) {
            this(waves, rateHz, List.of());
        }

        @Override
        public int count() {
            return waves.size();
        }

        @Override
        public Optional<HostArray> pictures() {
            return spectra.isEmpty() ? Optional.empty() : Optional.of(Spectrograms.pictures(spectra));
        }

        @Override
        public Sound slice(int from, int to) {
            return new Sound(waves.subList(from, to), rateHz, spectra.isEmpty() ? spectra : spectra.subList(from, to));
        }
    }
}
