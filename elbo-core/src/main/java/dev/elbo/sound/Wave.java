package dev.elbo.sound;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A recording of one channel.
 *
 * @param samples in −1 … 1, evenly in time
 * @param rateHz samples a second
 */
@SuppressWarnings("ArrayRecordComponent") // millions of samples; equality is by what they are
public record Wave(float[] samples, int rateHz) {
    /** Loudness is measured over pieces of so many seconds. */
    private static final double PIECE_SECONDS = 0.02;

    /** What lies so many decibels below the loudest piece is a pause, and no speech. */
    private static final double PAUSE_DECIBELS = 40;

    /** What a sample reaches that was cut off. */
    private static final float FULL = 0.999f;

    /** Samples in a row that reach it where a recorder has cut; a single one may be a peak. */
    private static final int CUT = 3;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the rate is not positive, or a sample is not finite
     */
    public Wave {
        if (rateHz < 1) {
            throw new IllegalArgumentException("a wave has 1 sample a second or more; got " + rateHz);
        }
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new IllegalArgumentException("sample " + i + " of a wave is " + samples[i]);
            }
        }
    }

    /** How long it lasts. */
    public double seconds() {
        return (double) samples.length / rateHz;
    }

    /** The largest absolute value; 0 without samples. */
    public double peak() {
        double peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Which part of the samples, in 0 … 1, stands in rows of three or more at full scale: a recorder has cut them off. */
    public double clipped() {
        long cut = 0;
        int row = 0;
        for (float sample : samples) {
            row = Math.abs(sample) >= FULL ? row + 1 : 0;
            cut += row < CUT ? 0 : row == CUT ? CUT : 1;
        }
        return samples.length == 0 ? 0 : (double) cut / samples.length;
    }

    /** The same sound with another number of samples a second, see {@link Resampling}. */
    public Wave resampled(int rate) {
        return rate == rateHz ? this : new Wave(Resampling.of(rateHz, rate).of(samples), rate);
    }

    /** Nothing to hear, so long. */
    public static Wave silence(double seconds, int rateHz) {
        return new Wave(new float[(int) Math.round(seconds * rateHz)], rateHz);
    }

    /**
     * One wave after the other.
     *
     * @param waves one or more
     * @throws IllegalArgumentException if their rates differ
     */
    public static Wave joined(List<Wave> waves) {
        int rate = waves.get(0).rateHz();
        float[] all =
                new float[waves.stream().mapToInt(wave -> wave.samples().length).sum()];
        int at = 0;
        for (Wave wave : waves) {
            if (wave.rateHz() != rate) {
                throw new IllegalArgumentException(
                        "waves of one rate can be joined; got " + rate + " and " + wave.rateHz() + " Hz");
            }
            System.arraycopy(wave.samples(), 0, all, at, wave.samples().length);
            at += wave.samples().length;
        }
        return new Wave(all, rate);
    }

    /** The samples from one place up to another. */
    public Wave between(int from, int end) {
        return new Wave(Arrays.copyOfRange(samples, from, end), rateHz);
    }

    /** All of it in a shorter time, and so many times as high. */
    public Wave higher(double factor) {
        return factor == 1
                ? this
                : new Wave(
                        new Wave(samples, (int) Math.round(rateHz * factor))
                                .resampled(rateHz)
                                .samples(),
                        rateHz);
    }

    /** Without the pauses at both ends, but for 50 ms of each. */
    public Wave trimmed() {
        return trimmed(PAUSE_DECIBELS, 0.05);
    }

    /**
     * Without what is quiet at both ends.
     *
     * @param decibels how far below its loudest 20 ms a piece is quiet
     * @param margin seconds of the quiet that remain, where there are so many
     * @return the same wave if it is silent
     */
    public Wave trimmed(double decibels, double margin) {
        double[] levels = levels();
        double least = max(levels) * Math.pow(10, -decibels / 20);
        int[] loud = IntStream.range(0, levels.length)
                .filter(i -> levels[i] > 0 && levels[i] >= least)
                .toArray();
        if (loud.length == 0) {
            return this;
        }
        int kept = (int) Math.round(margin * rateHz);
        int from = Math.max(0, loud[0] * piece() - kept);
        int to = Math.min(samples.length, (loud[loud.length - 1] + 1) * piece() + kept);
        return new Wave(Arrays.copyOfRange(samples, from, to), rateHz);
    }

    /** At the level of speech that telephony tests with: −26 dB below full scale (ITU-T P.56), unless it would be cut off. */
    public Wave levelled() {
        return levelled(-26);
    }

    /**
     * The same sound, louder or softer.
     *
     * @param decibels the level to be had, 0 being an effective value of 1; of what is no pause, as ITU-T P.56 measures speech.
     *     Peaks remain within 0.99: what would go beyond is left softer
     * @return the same wave if it is silent
     */
    public Wave levelled(double decibels) {
        double level = speechLevel();
        if (level == 0) {
            return this;
        }
        double gain = Math.min(Math.pow(10, decibels / 20) / level, 0.99 / peak());
        float[] scaled = new float[samples.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (gain * samples[i]);
        }
        return new Wave(scaled, rateHz);
    }

    /** The effective value of what is no pause; 0 of silence. */
    private double speechLevel() {
        double[] levels = levels();
        double least = max(levels) * Math.pow(10, -PAUSE_DECIBELS / 20);
        return Math.sqrt(Arrays.stream(levels)
                .filter(level -> level >= least)
                .map(level -> level * level)
                .average()
                .orElse(0));
    }

    /** The effective value of each piece of 20 ms. */
    private double[] levels() {
        double[] levels = new double[(samples.length + piece() - 1) / piece()];
        for (int i = 0; i < levels.length; i++) {
            int from = i * piece();
            int to = Math.min(samples.length, from + piece());
            double sum = 0;
            for (int at = from; at < to; at++) {
                sum += (double) samples[at] * samples[at];
            }
            levels[i] = Math.sqrt(sum / (to - from));
        }
        return levels;
    }

    private int piece() {
        return (int) Math.max(1, Math.round(PIECE_SECONDS * rateHz));
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wave wave && wave.rateHz == rateHz && Arrays.equals(wave.samples, samples);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rateHz, Arrays.hashCode(samples));
    }

    @Override
    public String toString() {
        return seconds() + " s at " + rateHz + " Hz";
    }
}
