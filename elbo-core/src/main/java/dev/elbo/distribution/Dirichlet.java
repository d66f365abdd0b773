package dev.elbo.distribution;

import dev.elbo.tensor.ImplicitGradients;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Dirichlet(α), on vectors of D positive numbers that are 1 together: Γ(Σ α) Π xᵢ^(αᵢ−1) / Γ(αᵢ), a density over the first D − 1. A
 * draw is D Gammas as shares of their sum; samples have gradients of implicit reparameterisation, Figurnov et al. (2018).
 *
 * @param concentration α, positive, [batch..., D]
 */
public record Dirichlet(Tensor concentration) implements Pathwise {
    /** Smaller shares, which a small α has many of, are set to it: 0 has no logarithm. */
    private static final double LEAST = 1e-30;

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor alpha = concentration.detach();
        Tensor x = GammaNoise.log(alpha, samples, rng).softmax(-1).clamp(LEAST, 1);
        Tensor value = Implicit.isWanted(concentration) ? x.plus(through(x, alpha)) : x;
        return new Scored(value, () -> logProb(value));
    }

    /** 0 with gradients: α moves its own share, and all others by what that takes from them in proportion. */
    private Tensor through(Tensor x, Tensor alpha) {
        Tensor total = alpha.sum(-1).unsqueeze(-1).expand(x.shape());
        Tensor slope = ImplicitGradients.dirichlet(x, alpha.expand(x.shape()), total);
        Tensor own = slope.times(concentration.minus(alpha));
        return own.minus(x.times(own.sum(-1).unsqueeze(-1)));
    }

    /** With α over T²: the mean stays, and variances are about T² of what they were. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            return Pathwise.super.sample(samples, 0, rng);
        }
        return new Dirichlet(concentration.over(temperature * temperature)).sample(samples, rng);
    }

    @Override
    public Dirichlet detached() {
        return new Dirichlet(concentration.detach());
    }

    @Override
    public Tensor logProb(Tensor value) {
        return concentration.minus(1).times(value.log()).sum(-1).minus(logNormaliser());
    }

    /** Σ log Γ(αᵢ) − log Γ(Σ α). */
    private Tensor logNormaliser() {
        return concentration.logGamma().sum(-1).minus(concentration.sum(-1).logGamma());
    }

    @Override
    public Tensor centre() {
        return concentration.over(concentration.sum(-1).unsqueeze(-1));
    }

    /** Σ (αᵢ − α'ᵢ) (ψ(αᵢ) − ψ(Σ α)) − log B(α) + log B(α'). */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        if (!(other instanceof Dirichlet to)) {
            return Optional.empty();
        }
        Tensor expected =
                concentration.digamma().minus(concentration.sum(-1).digamma().unsqueeze(-1)); // E log xᵢ
        Tensor kernel = concentration.minus(to.concentration).times(expected).sum(-1);
        return Optional.of(kernel.minus(logNormaliser()).plus(to.logNormaliser()));
    }
}
