package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import java.util.Map;

/**
 * What reconstructions cost and nothing else, −log p(x|z): the loss of an autoencoder. Hinton and Salakhutdinov (2006), whose
 * cross-entropy is this of a Bernoulli. Before a mixture is fitted to codes it makes them: noise of the posterior shrinks,
 * and codes become those of an autoencoder without any; Jiang et al. (2017), section 4.2, begin with such codes.
 */
public record Distortion() implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        return Loss.ofDistortion(draw, Map.of());
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
