package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;

/**
 * Draws of Gamma(α, 1), as logarithms: where α is small, most are too small for a number. No gradient passes through them.
 *
 * <p>Marsaglia and Tsang (2000), with a fixed number of proposals, of which the first accepted one is taken: no shape depends on
 * chance, and a step can be replayed. At least 95 % are accepted, so that one draw in 10¹⁰ has none, and is the last proposal.
 */
final class GammaNoise {
    private static final int PROPOSALS = 8;
    private static final double LEAST = 1e-6;

    private GammaNoise() {}

    /**
     * log x + log(u) / α with x of Gamma(α + 1, 1): it is of Gamma(α, 1).
     *
     * @param alpha α, positive, [...]
     * @return [samples, ...]
     */
    static Tensor log(Tensor alpha, int samples, Rng rng) {
        try (GradientMode off = GradientMode.off();
                Scope drawing = Scope.open("gamma noise")) {
            Tensor d = alpha.plus(1 - 1.0 / 3);
            Tensor c = d.times(9).rsqrt();
            Tensor chosen = Noise.normal(c, samples, rng);
            Tensor isAccepted = isAccepted(chosen, c, d, Noise.openUniform(alpha, samples, rng));
            for (int i = 1; i < PROPOSALS; i++) {
                Tensor next = Noise.normal(c, samples, rng);
                chosen = isAccepted.where(chosen, next);
                isAccepted = isAccepted.or(isAccepted(next, c, d, Noise.openUniform(alpha, samples, rng)));
            }
            Tensor boost = Noise.openUniform(alpha, samples, rng).log().over(alpha);
            return drawing.keep(logCube(chosen, c).plus(d.log()).plus(boost));
        }
    }

    /** log v with v = (1 + c x)³. */
    private static Tensor logCube(Tensor x, Tensor c) {
        return x.times(c).plus(1).clamp(LEAST, Float.MAX_VALUE).log().times(3);
    }

    /** log u &lt; x²/2 + d − d v + d log v, and v &gt; 0. */
    private static Tensor isAccepted(Tensor x, Tensor c, Tensor d, Tensor u) {
        Tensor logCube = logCube(x, c);
        Tensor bound = x.square().times(0.5).plus(logCube.minus(logCube.expm1()).times(d));
        return u.log().lessThan(bound).and(x.times(c).greaterThan(LEAST - 1));
    }
}
