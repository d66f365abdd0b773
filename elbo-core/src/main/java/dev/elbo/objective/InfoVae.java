package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of the InfoVAE: distortion + (1 − α) rate + (α + λ − 1) MMD(q(z), p(z)). Zhao et al. (2019), eq. 6. α = 0 and λ = 1 is the
 * ELBO; with α = 1 codes tell of x what they like, MMD-VAE, as long as all of them together are of the prior.
 *
 * @param alpha α, what mutual information of x and z is worth
 * @param lambda λ, weight of the divergence of q(z) from the prior
 * @param kernel of the discrepancy
 */
public record InfoVae(
        @About("α, how much of the rate is left out, at most 1; 1 leaves out all of it")
        double alpha,

        @About("λ; the discrepancy of codes and prior weighs α + λ − 1")
        double lambda,

        @About("imq or rbf: how alike two codes are") Kernel kernel)
        implements Objective {

    /**
     * Validates α and λ.
     *
     * @throws IllegalArgumentException if a term has a negative weight
     */
    public InfoVae {
        if (!(alpha <= 1 && alpha + lambda >= 1)) {
            throw new IllegalArgumentException(
                    "alpha is at most 1, and alpha + lambda at least 1; got alpha " + alpha + " and lambda " + lambda);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor prior = Codes.ofPrior(draw, step.pass().rng());
        Map<String, Tensor> penalties = new LinkedHashMap<>();
        if (alpha < 1) {
            penalties.put("weightedRate", Bound.of(draw).rate().times(1 - alpha));
        }
        penalties.put("discrepancy", kernel.discrepancy(Codes.of(draw), prior).times(alpha + lambda - 1));
        return Loss.ofDistortion(draw, penalties);
    }
}
