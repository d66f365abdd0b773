package dev.elbo.distribution;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = ∫ p(z|u) N(u; 0, I) du, of which a lower bound is known: log p(z|u) + log p(u) − log q(u|z) with one draw of u, whose
 * expectation is at most log p(z). A log-likelihood that is estimated with it is a lower bound too. It is drawn from exactly.
 *
 * @param encoder q(u|z)
 * @param decoder p(z|u)
 * @param base N(0, I) of u
 * @param pass gives the noise of u
 */
public record VariationalMarginal(
        Conditional<DiagonalNormal> encoder, Conditional<DiagonalNormal> decoder, DiagonalNormal base, Pass pass)
        implements Distribution {
    /** The bound of log p(z), [...]; it has a draw of its own each time. */
    @Override
    public Tensor logProb(Tensor value) {
        DiagonalNormal q = encoder.given(pass, value);
        Tensor u = q.rsample(1, pass.rng()).value().squeeze(0);
        Tensor made = decoder.given(pass, u).logProb(value);
        return made.plus(base.logProb(u)).minus(q.logProb(u));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** Draws u, and then z, both at that temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor u = base.sample(samples, temperature, rng);
            return decoder.given(pass, u).sample(1, temperature, rng).squeeze(0);
        }
    }

    /** The centre of p(z|u = 0), [D]: the mean has no closed form. */
    @Override
    public Tensor centre() {
        return decoder.given(pass, base.centre()).centre();
    }
}
