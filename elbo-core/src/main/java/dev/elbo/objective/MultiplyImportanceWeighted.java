package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;

/**
 * The mean of M importance-weighted bounds of K samples each, MIWAE: 1/M Σₘ log 1/K Σₖ wₘₖ. Rainforth et al. (2018), section 5.
 * M = 1 is the bound of Burda et al. (2016) with K samples, K = 1 the ELBO with M. The signal of the encoder's gradient shrinks
 * with K, and its noise with M.
 *
 * @param groups M
 * @param samples K
 */
public record MultiplyImportanceWeighted(
        @About("bounds M that are averaged") int groups,

        @About("samples K of each bound") int samples) implements Objective {
    private static final LogWeights WEIGHTS = new LogWeights("MIWAE", "Choose a recipe whose latents are drawn");

    /**
     * Validates M and K.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public MultiplyImportanceWeighted {
        if (groups < 1 || samples < 1) {
            throw new IllegalArgumentException("MIWAE has one bound or more, of one sample or more; got groups "
                    + groups + " and samples " + samples);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, groups * samples, step.pass());
        Tensor bound = of(WEIGHTS.of(draw));
        return Loss.of(draw, bound.negate(), Bound.of(draw).terms(bound));
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }

    /** The bound of log w, [M K, B], in nats, of rank 0. */
    Tensor of(Tensor logWeights) {
        return logWeights
                .reshape(groups, samples, logWeights.size(1))
                .logSumExp(1)
                .minus(Math.log(samples))
                .mean();
    }
}
