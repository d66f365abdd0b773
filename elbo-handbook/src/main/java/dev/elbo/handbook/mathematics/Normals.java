package dev.elbo.handbook.mathematics;

import java.util.function.DoubleUnaryOperator;

/** Normal distributions of one dimension in plain numbers: densities, divergences, expectations. */
final class Normals {
    private static final double REACH = 10;
    private static final double STEP = 0.01;

    private Normals() {}

    /** log N(x; mean, variance) in nats. */
    static double logDensity(double x, double mean, double variance) {
        return -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) * (x - mean) / variance);
    }

    /** KL(N(m, v) ‖ N(n, w)) in nats. */
    static double kl(double m, double v, double n, double w) {
        return 0.5 * (v / w + (m - n) * (m - n) / w - 1 - Math.log(v / w));
    }

    /** E[f(z)] under z ~ N(mean, variance), by the trapezium rule over ten standard deviations to either side. */
    static double expectation(double mean, double variance, DoubleUnaryOperator f) {
        double deviation = Math.sqrt(variance);
        double sum = 0;
        for (double e = -REACH; e <= REACH; e += STEP) {
            sum += STEP * Math.exp(logDensity(e, 0, 1)) * f.applyAsDouble(mean + deviation * e);
        }
        return sum;
    }
}
