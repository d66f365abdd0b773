package dev.elbo.distribution;

import dev.elbo.tensor.ImplicitGradients;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Gamma(α, β), on positive numbers: β^α x^(α−1) exp(−β x) / Γ(α). Samples have gradients of implicit reparameterisation, Figurnov et
 * al. (2018).
 *
 * @param concentration α, positive, [batch..., event...]
 * @param rate β, positive, of the same shape
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Gamma(Tensor concentration, Tensor rate, int eventRank) implements Pathwise, Factorised {
    /** Smaller draws, which a small α has many of, are set to it: 0 has no logarithm. */
    private static final double LEAST = 1e-30;

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor alpha = concentration.detach();
        Tensor standard = GammaNoise.log(alpha, samples, rng).exp().clamp(LEAST, Float.MAX_VALUE);
        Tensor slope = Implicit.through(
                concentration, () -> ImplicitGradients.gamma(alpha.expand(standard.shape()), standard));
        Tensor value = standard.plus(slope).over(rate);
        return new Scored(value, () -> logProb(value));
    }

    /** With α and β over T²: the mean stays, and the variance is T² of what it was. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            return Pathwise.super.sample(samples, 0, rng);
        }
        double share = 1 / (temperature * temperature);
        return new Gamma(concentration.times(share), rate.times(share), eventRank).sample(samples, rng);
    }

    @Override
    public Gamma detached() {
        return new Gamma(concentration.detach(), rate.detach(), eventRank);
    }

    /** (α − 1) log x − β x + α log β − log Γ(α). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor kernel = concentration.minus(1).times(value.log()).minus(rate.times(value));
        return kernel.plus(concentration.times(rate.log())).minus(concentration.logGamma());
    }

    @Override
    public Tensor centre() {
        return concentration.over(rate);
    }

    /** (α − α') ψ(α) − log Γ(α) + log Γ(α') + α' log(β/β') + α (β' − β) / β. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Gamma to)) {
            return Optional.empty();
        }
        Tensor shapes = concentration
                .minus(to.concentration)
                .times(concentration.digamma())
                .minus(concentration.logGamma())
                .plus(to.concentration.logGamma());
        Tensor rates = to.concentration
                .times(rate.log().minus(to.rate.log()))
                .plus(concentration.times(to.rate.minus(rate).over(rate)));
        return Optional.of(shapes.plus(rates));
    }
}
