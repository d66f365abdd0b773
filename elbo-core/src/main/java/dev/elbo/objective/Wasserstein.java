package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The loss of the Wasserstein autoencoder: distortion + λ MMD(q(z), p(z)). Only all codes together are brought to the prior, not those
 * of each example. Tolstikhin et al. (2018), eq. 4 and algorithm 2. The cost of a reconstruction is −log p(x|z), in the place of a
 * squared distance.
 *
 * @param weight λ
 * @param kernel of the discrepancy
 */
public record Wasserstein(
        @About("weight λ of the discrepancy of codes and prior")
        double weight,

        @About("imq or rbf: how alike two codes are") Kernel kernel)
        implements Objective {

    /**
     * Validates λ.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Wasserstein {
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("weight must be at least 0; got " + weight);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor prior = Codes.ofPrior(draw, step.pass().rng());
        Tensor discrepancy = kernel.discrepancy(Codes.of(draw), prior);
        return Loss.ofDistortion(draw, Map.of("discrepancy", discrepancy.times(weight)));
    }
}
