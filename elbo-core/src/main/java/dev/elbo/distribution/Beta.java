package dev.elbo.distribution;

import dev.elbo.tensor.ImplicitGradients;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Beta(α, β), between 0 and 1: x^(α−1) (1 − x)^(β−1) / B(α, β). A draw is the share of one of two Gammas; samples have gradients of
 * implicit reparameterisation, Figurnov et al. (2018).
 *
 * @param alpha α, positive, [batch..., event...]
 * @param beta β, positive, of the same shape
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Beta(Tensor alpha, Tensor beta, int eventRank) implements Pathwise, Factorised {
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor a = alpha.detach();
        Tensor b = beta.detach();
        Tensor odds = GammaNoise.log(a, samples, rng).minus(GammaNoise.log(b, samples, rng));
        Tensor x = UnitInterval.within(odds.sigmoid());
        Tensor rest = UnitInterval.within(odds.negate().sigmoid());
        Tensor total = a.plus(b).expand(x.shape());
        Tensor up = Implicit.through(
                alpha,
                () -> ImplicitGradients.dirichlet(x, a.expand(x.shape()), total).times(rest));
        Tensor down = Implicit.through(
                beta,
                () -> ImplicitGradients.dirichlet(rest, b.expand(x.shape()), total)
                        .times(x));
        Tensor value = x.plus(up).minus(down);
        return new Scored(value, () -> logProb(value));
    }

    /** With α and β over T²: the mean stays, and the variance is about T² of what it was. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            return Pathwise.super.sample(samples, 0, rng);
        }
        double share = 1 / (temperature * temperature);
        return new Beta(alpha.times(share), beta.times(share), eventRank).sample(samples, rng);
    }

    @Override
    public Beta detached() {
        return new Beta(alpha.detach(), beta.detach(), eventRank);
    }

    /** (α − 1) log x + (β − 1) log(1 − x) − log B(α, β). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor kernel = alpha.minus(1)
                .times(value.log())
                .plus(beta.minus(1).times(value.negate().log1p()));
        return kernel.minus(logBeta());
    }

    /** log B(α, β) = log Γ(α) + log Γ(β) − log Γ(α + β). */
    private Tensor logBeta() {
        return alpha.logGamma().plus(beta.logGamma()).minus(alpha.plus(beta).logGamma());
    }

    @Override
    public Tensor centre() {
        return alpha.over(alpha.plus(beta));
    }

    /**
     * log B(α', β') − log B(α, β) + (α − α') (ψ(α) − ψ(α + β)) + (β − β') (ψ(β) − ψ(α + β)); from the uniform distribution, α' = β' =
     * 1.
     */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (other instanceof Uniform to) {
            return Optional.of(
                    expected(alpha.minus(1), beta.minus(1)).minus(logBeta()).plus(UnitInterval.surprise(to)));
        }
        if (other instanceof Beta to) {
            Tensor kernel = expected(alpha.minus(to.alpha), beta.minus(to.beta));
            return Optional.of(kernel.minus(logBeta()).plus(to.logBeta()));
        }
        return Optional.empty();
    }

    /** E[a log x + b log(1 − x)]. */
    private Tensor expected(Tensor a, Tensor b) {
        Tensor all = alpha.plus(beta).digamma();
        return a.times(alpha.digamma().minus(all)).plus(b.times(beta.digamma().minus(all)));
    }
}
