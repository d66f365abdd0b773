package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a prior learns from when the rest of its model is finished: the rate KL(q(z|x) ‖ p(z)), which for codes is −log p(codes).
 * Van den Oord et al. (2017), section 3.3. Latents are drawn as in use, so that statistics of batches and codebooks do not
 * move; a stage says that nothing else does.
 */
public record LatentLikelihood() implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, Pass.evaluation(step.pass().rng()));
        Tensor distortion = draw.mean(draw.logLikelihood()).negate();
        Tensor rate = draw.mean(draw.kl());
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("negElbo", distortion.plus(rate));
        terms.put("distortion", distortion);
        terms.put("rate", rate);
        return new Loss(rate, terms);
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
