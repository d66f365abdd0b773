package dev.elbo.handbook.concepts;

import dev.elbo.handbook.toy.Normal;

/**
 * Coordinate ascent for {@link PointsOfTwo}: q = q(μ₁) q(μ₂) Πᵢ q(cᵢ), a factor made best after the other. Blei et al. (2017),
 * section 3 and algorithm 2.
 */
final class MixtureCavi {
    private static final double PRECISION = 1 / (PointsOfTwo.SPREAD * PointsOfTwo.SPREAD);

    private final double[] x;

    /** q(cᵢ = k), [i][k]. */
    private final double[][] shares;

    /** q(μₖ), [k]. */
    private final Normal[] centres = {new Normal(-0.1, 1), new Normal(0.1, 1)};

    MixtureCavi(PointsOfTwo points) {
        this.x = points.x();
        this.shares = new double[x.length][PointsOfTwo.COMPONENTS];
        shareOut();
    }

    Normal centre(int k) {
        return centres[k];
    }

    /** One update of every factor. */
    void sweep() {
        moveCentres();
        shareOut();
    }

    /** q(cᵢ = k) ∝ exp(E[log N(xᵢ; μₖ, 1)]) ∝ exp(xᵢ mₖ − (mₖ² + sₖ²) / 2). */
    private void shareOut() {
        for (int i = 0; i < x.length; i++) {
            double[] scores = {score(x[i], centres[0]), score(x[i], centres[1])};
            double first = 1 / (1 + Math.exp(scores[1] - scores[0]));
            shares[i][0] = first;
            shares[i][1] = 1 - first;
        }
    }

    private static double score(double point, Normal centre) {
        return point * centre.mean() - square(centre) / 2;
    }

    /** E[μ²] = m² + s². */
    private static double square(Normal centre) {
        return centre.mean() * centre.mean() + centre.deviation() * centre.deviation();
    }

    /** q(μₖ) = N(Σᵢ φᵢₖ xᵢ / λₖ, 1 / λₖ) with λₖ = 1/3² + Σᵢ φᵢₖ. */
    private void moveCentres() {
        for (int k = 0; k < centres.length; k++) {
            double precision = PRECISION;
            double pull = 0;
            for (int i = 0; i < x.length; i++) {
                precision += shares[i][k];
                pull += shares[i][k] * x[i];
            }
            centres[k] = new Normal(pull / precision, Math.sqrt(1 / precision));
        }
    }

    /** E[log p(μ) + log p(c) + log p(x|c, μ)] + H(q), term by term. */
    double elbo() {
        double elbo = 0;
        for (Normal centre : centres) {
            elbo += -0.5 * Math.log(2 * Math.PI / PRECISION) - 0.5 * PRECISION * square(centre) + centre.entropy();
        }
        for (int i = 0; i < x.length; i++) {
            elbo -= Math.log(PointsOfTwo.COMPONENTS);
            for (int k = 0; k < centres.length; k++) {
                double fit = -0.5 * (Math.log(2 * Math.PI) + x[i] * x[i]) + score(x[i], centres[k]);
                elbo += shares[i][k] * (fit - Math.log(Math.max(shares[i][k], Double.MIN_NORMAL)));
            }
        }
        return elbo;
    }
}
