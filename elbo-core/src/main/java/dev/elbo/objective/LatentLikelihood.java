package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * What a prior learns from when the rest of its model is finished: the rate KL(q(z|x) ‖ p(z)), which for codes is −log p(codes).
 * Van den Oord et al. (2017), section 3.3. Of points among real numbers there is no rate, and it is −log p(z) too, in nats;
 * Ghosh et al. (2020), section 4. Latents are drawn as in use, so that statistics of batches and codebooks do not
 * move; a stage says that nothing else does.
 */
public record LatentLikelihood() implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, Pass.evaluation(step.pass().rng()));
        Map<String, Tensor> terms = Bound.termsOf(draw);
        Tensor cost = draw.hasBound() ? Objects.requireNonNull(terms.get("rate")) : draw.mean(draw.kl());
        if (!draw.hasBound()) {
            terms.put("surprisal", cost);
        }
        return new Loss(cost, terms);
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
