package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The distortion alone, E_q[−log p(x|z)]: what an autoencoder learns from whose prior is not known yet. Noise of the posterior shrinks,
 * and codes become those of an autoencoder without any; Jiang et al. (2017), section 4.2, begin with such codes.
 */
public record Distortion() implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Tensor distortion = Bound.of(model.draw(batch, 1, step.pass())).distortion();
        return new Loss(distortion, Map.of("distortion", distortion));
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
