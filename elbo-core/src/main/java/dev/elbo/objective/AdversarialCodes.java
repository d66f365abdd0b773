package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The loss of the adversarial autoencoder: distortion + λ E[−log D(z)], with a critic D that learns to tell draws of the prior from
 * codes. Makhzani et al. (2016), section 2. One backward pass serves both: the critic judges detached codes, and the encoder learns
 * from a frozen critic. In the paper the two learn in turns, and the encoder's two terms have steps of their own.
 *
 * @param weight λ
 * @param critic from all latents as one vector, [B, D], to the logit of D, [B, 1]
 */
public record AdversarialCodes(double weight, Layer critic) implements Objective {
    /**
     * Validates λ.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public AdversarialCodes {
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("weight must be at least 0; got " + weight);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Pass pass = step.pass();
        Draw draw = model.draw(batch, 1, pass);
        Tensor codes = Codes.of(draw); // [B, D]
        Critic judge = new Critic(critic);
        Tensor doubt = Critic.doubt(judge.frozen().logit(codes, pass));
        Tensor ofPrior = judge.logit(Codes.ofPrior(draw, pass.rng()), pass); // [B]
        Tensor ofCodes = judge.logit(codes.detach(), pass); // [B]
        Tensor criticLoss = Critic.loss(ofPrior, ofCodes);

        Loss ofModel = Loss.ofDistortion(draw, Map.of("adversarial", doubt.times(weight)));
        return ofModel.beside(
                criticLoss, Map.of("criticLoss", criticLoss, "criticAccuracy", Critic.accuracy(ofPrior, ofCodes)));
    }
}
