package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;

/**
 * A mixture of the evidence lower bound and the importance-weighted one, CIWAE: β ELBO + (1 − β) log 1/K Σₖ wₖ, both of the same K
 * samples. Rainforth et al. (2018), section 5. Where the rate has a closed form, that stands in the ELBO, whose variance it lowers.
 *
 * @param samples K
 * @param beta the ELBO's weight, from 0 to 1
 */
public record CombinedBound(
        @About("samples K of both bounds") int samples,

        @About("weight of the ELBO, from 0 to 1; the importance-weighted bound has the rest")
        double beta)
        implements Objective {

    /**
     * Validates K and β.
     *
     * @throws IllegalArgumentException if K is not positive, or β not from 0 to 1
     */
    public CombinedBound {
        if (samples < 1 || !(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("CIWAE has one sample or more and a beta from 0 to 1; got samples "
                    + samples + " and beta " + beta);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, samples, step.pass());
        Bound elbo = Bound.of(draw);
        Tensor tighter = draw.logEvidence().mean();
        Tensor bound = tighter.times(1 - beta).minus(elbo.negElbo().times(beta));
        return Loss.of(draw, bound.negate(), elbo.terms(bound));
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
