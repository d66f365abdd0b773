package dev.elbo.sound;

import java.math.BigInteger;

/**
 * Resampling by a windowed sinc: sample n of the result is the sum of x_k · h(n · from / to − k), where h is the impulse response of an
 * ideal low-pass filter under Kaiser's window (Smith and Gossett 1984, "A flexible sampling-rate conversion method"). Its stop band, from
 * half of the lower rate on, is 90 dB down; what is below 88 % of that passes unchanged.
 *
 * @param up samples of the result for each {@code down} samples of what is given, without a common divisor
 * @param phases h at the distances that occur, by n modulo up: [up][taps]
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Resampling(int up, int down, float[][] phases) {
    /** Zero crossings of the sinc on each side. */
    private static final int CROSSINGS = 48;

    /** The middle of the transition, in parts of half the lower rate: 90 dB need a transition of 12 % with so many crossings. */
    private static final double CUTOFF = 0.94;

    /** Kaiser's β for 90 dB: 0.1102 (90 − 8.7). */
    private static final double BETA = 8.96;

    /** The conversion from one rate to another, both in Hz. */
    static Resampling of(int from, int to) {
        int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        int up = to / common;
        int down = from / common;
        double cutoff = CUTOFF * Math.min(1, (double) up / down);
        int half = (int) Math.ceil(CROSSINGS / cutoff);
        float[][] phases = new float[up][2 * half];
        for (int phase = 0; phase < up; phase++) {
            for (int tap = 0; tap < 2 * half; tap++) {
                double distance = (double) phase / up + half - 1 - tap;
                phases[phase][tap] = (float) (cutoff * sinc(cutoff * distance) * kaiser(distance / half));
            }
        }
        return new Resampling(up, down, phases);
    }

    /** What lies beyond the ends counts as silence. */
    float[] of(float[] samples) {
        float[] result = new float[(int) (((long) samples.length * up + down - 1) / down)];
        for (int n = 0; n < result.length; n++) {
            long place = (long) n * down;
            float[] h = phases[(int) (place % up)];
            int first = (int) (place / up) - h.length / 2 + 1;
            int from = Math.max(0, -first);
            int to = Math.min(h.length, samples.length - first);
            float sum = 0;
            for (int tap = from; tap < to; tap++) {
                sum += h[tap] * samples[first + tap];
            }
            result[n] = sum;
        }
        return result;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** I₀(β √(1 − x²)) / I₀(β) within −1 … 1. */
    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** I₀ by its power series, Σ ((x/2)^k / k!)², whose terms are all positive. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
