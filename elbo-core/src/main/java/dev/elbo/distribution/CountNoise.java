package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** Draws of counts. They are found on the host, where a loop may end when it has found one; no gradient passes through them. */
final class CountNoise {
    /** Above, the normal of the same mean and variance is the Poisson but for 0.1 % of a deviation, and the loop is long. */
    private static final double LARGE = 1e6;

    private static final double LEAST = 1e-30;

    private CountNoise() {}

    /**
     * A draw of the Poisson distribution of each rate, by inversion from the mode outwards.
     *
     * @param rates [...]
     * @return of the same shape and type
     */
    static Tensor poisson(Tensor rates, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor rate = rates.to(DType.FLOAT64).clamp(LEAST, Float.MAX_VALUE);
            Tensor mode = rate.floor();
            Tensor atMode = mode.times(rate.log())
                    .minus(rate)
                    .minus(mode.plus(1).logGamma())
                    .exp();
            double[] each = rate.toHost().toDoubles();
            double[] mass = atMode.toHost().toDoubles();
            double[] uniform = rng.uniform(rates.shape()).toHost().toDoubles();
            double[] normal = rng.normal(rates.shape()).toHost().toDoubles();
            double[] counts = new double[each.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = each[i] > LARGE
                        ? Math.rint(each[i] + Math.sqrt(each[i]) * normal[i])
                        : inverse(each[i], mass[i], uniform[i]);
            }
            return Tensor.of(HostArray.of(counts, rates.shape().sizes()), rates.device())
                    .to(rates.dtype());
        }
    }

    /** The count in whose part of [0, 1) u lies, when parts are laid out from the mode up and down in turn. */
    private static double inverse(double rate, double massOfMode, double u) {
        double up = Math.floor(rate);
        double down = up;
        double massUp = massOfMode;
        double massDown = massOfMode;
        double rest = u - massOfMode;
        double last = up;
        while (rest >= 0 && massUp + massDown > 0) {
            up++;
            massUp *= rate / up;
            rest -= massUp;
            last = up;
            if (rest >= 0 && down > 0) {
                massDown *= down / rate;
                down--;
                rest -= massDown;
                last = down;
            } else if (down == 0) {
                massDown = 0;
            }
        }
        return last;
    }

    /** Counts that vary less or more, on the line through their mean, rounded to counts; at temperature 0 the mean itself. */
    static Tensor tempered(Tensor counts, Tensor mean, double temperature) {
        try (GradientMode off = GradientMode.off()) {
            return temperature == 0
                    ? mean.detach().expand(counts.shape())
                    : mean.plus(counts.minus(mean).times(temperature)).round().clamp(0, Float.MAX_VALUE);
        }
    }
}
