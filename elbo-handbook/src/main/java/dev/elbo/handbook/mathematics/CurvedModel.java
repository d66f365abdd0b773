package dev.elbo.handbook.mathematics;

import dev.elbo.handbook.draw.Numbers;
import java.util.Arrays;

/**
 * A model of one number x with one latent z, all of which can be integrated by the trapezium rule: z ~ N(0, 1) and
 * x|z ~ N(f(z), s²) with a curved decoder f(z) = 2 tanh(2 z). Its posterior is no normal.
 */
final class CurvedModel {
    static final double S = 0.5;

    /** How far a step climbs: of the gradient in the normals' own measure, in which narrow ones move less. */
    private static final double RATE = 0.2;

    private static final double[] Z = Numbers.range(-6, 6, 1201);
    private static final double DZ = Z[1] - Z[0];

    /** Where expectations under a normal are computed, in standard deviations, and what each place weighs. */
    private static final double[] E = Numbers.range(-6, 6, 61);

    private static final double[] WEIGHTS = Arrays.stream(E)
            .map(e -> (E[1] - E[0]) * Math.exp(Normals.logDensity(e, 0, 1)))
            .toArray();

    private CurvedModel() {}

    /** f(z). */
    static double decoder(double z) {
        return 2 * Math.tanh(2 * z);
    }

    /** p(z). */
    static double prior(double z) {
        return Math.exp(Normals.logDensity(z, 0, 1));
    }

    /** p(x|z). */
    static double likelihood(double x, double z) {
        return Math.exp(Normals.logDensity(x, decoder(z), S * S));
    }

    /** p(x, z) = p(z) p(x|z). */
    static double joint(double x, double z) {
        return prior(z) * likelihood(x, z);
    }

    /** p(x) = ∫ p(x, z) dz. */
    static double evidence(double x) {
        return DZ * Arrays.stream(Z).map(z -> joint(x, z)).sum();
    }

    /** p(z|x) = p(x, z) / p(x). */
    static double posterior(double z, double x) {
        return joint(x, z) / evidence(x);
    }

    /**
     * q(z|x) = N(mean, deviation²).
     *
     * @param bound of log p(x), in nats
     */
    record Approximation(double mean, double deviation, double bound) {
        double density(double z) {
            return Math.exp(Normals.logDensity(z, mean, deviation * deviation));
        }
    }

    /** The normal with the highest bound, by climbing its natural gradient: what an encoder is to find for each x. */
    static Approximation best(double x, int steps) {
        double mean = x / 4;
        double logDeviation = -1;
        for (int i = 0; i < steps; i++) {
            double deviation = Math.exp(logDeviation);
            double byMean = 0;
            double byDeviation = 1 / deviation;
            for (int j = 0; j < E.length; j++) {
                double slope = WEIGHTS[j] * slope(x, mean + deviation * E[j]);
                byMean += slope;
                byDeviation += slope * E[j];
            }
            mean += RATE * deviation * deviation * byMean;
            logDeviation += RATE / 2 * deviation * byDeviation;
        }
        double deviation = Math.exp(logDeviation);
        return new Approximation(mean, deviation, bound(x, mean, deviation));
    }

    /** ∂ log p(x, z) / ∂z. */
    private static double slope(double x, double z) {
        double t = Math.tanh(2 * z);
        return -z + (x - 2 * t) * 4 * (1 - t * t) / (S * S);
    }

    /** E_q[log p(x, z) − log q(z)]. */
    private static double bound(double x, double mean, double deviation) {
        return Normals.expectation(
                mean,
                deviation * deviation,
                z -> Normals.logDensity(z, 0, 1)
                        + Normals.logDensity(x, decoder(z), S * S)
                        - Normals.logDensity(z, mean, deviation * deviation));
    }
}
