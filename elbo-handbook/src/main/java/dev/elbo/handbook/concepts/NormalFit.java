package dev.elbo.handbook.concepts;

import dev.elbo.handbook.toy.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A normal fitted to a density of one number by climbing the bound L(q) = E_q[log p(z)] + H(q). The density need not be
 * normalised: with p(z, x) in its place L is the ELBO, and log ∫ p(z, x) dz − L the divergence from q to the posterior.
 *
 * @param log log p(z), up to a constant or not
 * @param slope its derivative by z
 */
record NormalFit(DoubleUnaryOperator log, DoubleUnaryOperator slope) {
    private static final double RATE = 0.05;

    /** L(q). */
    double bound(Normal q) {
        return q.expectation(log) + q.entropy();
    }

    /** One step uphill: z = μ + σε, so the slope by μ is E[p'(z)] and that by log σ is E[p'(z) σε] + 1. */
    Normal step(Normal q) {
        double byMean = q.expectation(slope);
        double byLogDeviation = q.expectation(z -> slope.applyAsDouble(z) * (z - q.mean())) + 1;
        return new Normal(q.mean() + RATE * byMean, q.deviation() * Math.exp(RATE * byLogDeviation));
    }

    /** The normals on the way uphill, the first one first. */
    List<Normal> path(Normal first, int steps) {
        List<Normal> path = new ArrayList<>(List.of(first));
        for (int i = 0; i < steps; i++) {
            path.add(step(path.get(i)));
        }
        return path;
    }

    /** The last of {@link #path}. */
    Normal fitted(Normal first, int steps) {
        return path(first, steps).get(steps);
    }
}
