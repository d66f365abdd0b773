package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The loss of a sparse autoencoder: few of its units are on for an example. With {@code kl}, Σⱼ KL(ρ ‖ ρ̂ⱼ) of the mean activation ρ̂ⱼ
 * of unit j over a batch and the wanted one ρ, Lee et al. (2008), Ng (2011), section 3; with {@code l1}, Σⱼ |zⱼ|.
 *
 * @param weight of the penalty
 * @param target ρ, of {@code kl}
 * @param sparsity which penalty
 */
public record Sparsity(
        @About("weight of the penalty on units that are on") double weight,

        @About("ρ, how often a unit shall be on, in (0, 1); of sparsity=kl")
        double target,

        @About("kl, of units from 0 to 1, or l1") Kind sparsity)
        implements Objective {
    /** A mean activation of exactly 0 or 1 would cost infinitely much. */
    private static final double MARGIN = 1e-6;

    /** What makes units silent. */
    public enum Kind {
        /** The divergence of a unit's mean activation from the wanted one. */
        KL,
        /** The sum of absolute values. */
        L1
    }

    /**
     * Validates weight and target.
     *
     * @throws IllegalArgumentException if the weight is negative, or the target not in (0, 1)
     */
    public Sparsity {
        if (!(weight >= 0 && target > 0 && target < 1)) {
            throw new IllegalArgumentException(
                    "weight is at least 0 and target in (0, 1); got weight " + weight + " and target " + target);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor penalty = draw.latents().stream()
                .map(latent -> draw.expectation(latent.value(), 1)) // [B, D]
                .map(this::penalty)
                .reduce(Tensor::plus)
                .orElseThrow();
        return Loss.ofDistortion(draw, Map.of("sparsity", penalty.times(weight)));
    }

    private Tensor penalty(Tensor codes) {
        return sparsity == Kind.L1 ? codes.abs().sum(-1).mean() : divergence(codes.mean(0));
    }

    /** Σⱼ ρ log ρ / ρ̂ⱼ + (1 − ρ) log (1 − ρ) / (1 − ρ̂ⱼ), of ρ̂, [D]. */
    private Tensor divergence(Tensor activations) {
        Tensor mean = activations.clamp(MARGIN, 1 - MARGIN);
        Tensor on = mean.log().minus(Math.log(target)).times(-target);
        Tensor off = mean.negate().log1p().minus(Math.log1p(-target)).times(target - 1);
        return on.plus(off).sum();
    }

    /** Mean activations are of a whole batch. */
    @Override
    public boolean isMeanOverExamples() {
        return sparsity == Kind.L1;
    }
}
