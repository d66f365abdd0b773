package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;

/**
 * The variational Rényi bound, by K samples: 1/(1 − α) log 1/K Σₖ wₖ^(1 − α). Li and Turner (2016), section 4.1. α = 0 is the
 * importance-weighted bound, α → 1 the ELBO; a larger α fits the posterior to what is surely there, a smaller one, which may be
 * negative, covers more. It falls as α grows, and for α &lt; 0 is no lower bound.
 *
 * @param samples K
 * @param alpha α
 */
public record Renyi(
        @About("samples K of the bound") int samples,

        @About("order α of the divergence: 0 is the importance-weighted bound, 1 the ELBO")
        double alpha)
        implements Objective {
    private static final LogWeights WEIGHTS =
            new LogWeights("Rényi's bound", "Choose a recipe whose latents are drawn");

    /** Nearer to 1, FLOAT32 sums of weights lose what is divided by 1 − α. */
    private static final double NEAREST = 1e-3;

    /**
     * Validates K and α.
     *
     * @throws IllegalArgumentException if K is not positive, or α not finite, or almost but not quite 1
     */
    public Renyi {
        if (samples < 1 || !Double.isFinite(alpha)) {
            throw new IllegalArgumentException("Rényi's bound has one sample or more and a finite alpha; got samples "
                    + samples + " and alpha " + alpha);
        }
        if (alpha != 1 && Math.abs(1 - alpha) < NEAREST) {
            throw new IllegalArgumentException("alpha=" + alpha
                    + " is so near to 1 that rounding is all that is left of" + " the difference. Set alpha=1");
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, samples, step.pass());
        Tensor bound = of(WEIGHTS.of(draw)).mean();
        return Loss.of(draw, bound.negate(), Bound.of(draw).terms(bound));
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }

    /** The bound of each example in nats, [B], of log w, [K, B]. */
    Tensor of(Tensor logWeights) {
        if (alpha == 1) {
            return logWeights.mean(0);
        }
        double order = 1 - alpha;
        return logWeights.times(order).logSumExp(0).minus(Math.log(samples)).over(order);
    }
}
