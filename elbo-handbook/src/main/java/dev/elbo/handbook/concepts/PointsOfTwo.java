package dev.elbo.handbook.concepts;

import dev.elbo.handbook.toy.Normal;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A Bayesian mixture of two normals with known variances: centres μ₁, μ₂ ~ N(0, 3²), each point belongs to either with probability
 * ½ and is drawn from N(μ, 1). The points are few, so the evidence can be had by enumeration.
 *
 * @param x the points
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record PointsOfTwo(double... x) {
    static final int COMPONENTS = 2;
    static final double SPREAD = 3;
    private static final Normal PRIOR = new Normal(0, SPREAD);

    /** Points about −1.5 and 1.5, in turn. */
    static PointsOfTwo drawn(int count, long seed) {
        Random random = new Random(seed);
        return new PointsOfTwo(IntStream.range(0, count)
                .mapToDouble(i -> (i % 2 == 0 ? -1.5 : 1.5) + random.nextGaussian())
                .toArray());
    }

    /** log p(x) = log Σ_c 2⁻ⁿ Πₖ p(the points of component k), a term for each of 2ⁿ ways to share the points out. */
    double logEvidence() {
        int ways = 1 << x.length;
        double sum = 0;
        for (int c = 0; c < ways; c++) {
            sum += Math.exp(logTogether(c, 0) + logTogether(c, 1));
        }
        return Math.log(sum) - x.length * Math.log(COMPONENTS);
    }

    /** log ∫ N(μ; 0, 3²) Π N(xᵢ; μ, 1) dμ over the points i whose bit of c is {@code bit}. */
    private double logTogether(int c, int bit) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            if ((c >> i & 1) == bit) {
                count++;
                sum += x[i];
                squares += x[i] * x[i];
            }
        }
        double wide = SPREAD * SPREAD;
        double growth = 1 + count * wide;
        return -0.5 * (count * Math.log(2 * Math.PI) + Math.log(growth) + squares - wide * sum * sum / growth);
    }

    /** log p(μ₁, μ₂, x), with the memberships summed out. */
    double logJoint(double first, double second) {
        double log = PRIOR.logDensity(first) + PRIOR.logDensity(second);
        for (double point : x) {
            double a = -0.5 * (point - first) * (point - first);
            double b = -0.5 * (point - second) * (point - second);
            log += Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
        }
        return log - x.length * (Math.log(COMPONENTS) + 0.5 * Math.log(2 * Math.PI));
    }
}
