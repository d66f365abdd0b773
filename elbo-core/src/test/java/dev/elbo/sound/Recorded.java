package dev.elbo.sound;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import java.util.function.DoubleUnaryOperator;

/** Waves for tests, which are what their formulas say. */
public final class Recorded {
    private Recorded() {}

    /** A wave whose sample at a time, in seconds, has a value. */
    public static Wave of(int rateHz, double seconds, DoubleUnaryOperator value) {
        float[] samples = new float[(int) Math.round(seconds * rateHz)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) value.applyAsDouble((double) i / rateHz);
        }
        return new Wave(samples, rateHz);
    }

    /** A sine. */
    public static Wave sine(int rateHz, double seconds, double hertz, double amplitude) {
        return of(rateHz, seconds, t -> amplitude * Math.sin(2 * Math.PI * hertz * t));
    }

    /** A harmonic sound whose pitch rises evenly from 100 to 300 Hz, as a voice has it. */
    public static Wave glide(int rateHz, double seconds) {
        return of(rateHz, seconds, t -> {
            double phase = 2 * Math.PI * (100 * t + 100 * t * t / seconds);
            double sum = 0;
            for (int k = 1; k <= 8; k++) {
                sum += Math.sin(k * phase) / k;
            }
            return 0.2 * sum;
        });
    }

    /** White noise. */
    public static Wave noise(int rateHz, double seconds, double deviation) {
        try (Scope scope = Scope.open("noise")) {
            float[] samples = Rng.seeded(1, Device.CPU)
                    .normal(Shape.of(Math.round(seconds * rateHz)))
                    .times(deviation)
                    .toFloats();
            return new Wave(samples, rateHz);
        }
    }
}
