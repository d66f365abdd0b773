package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.toy.Digits;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.Map;

/** A VAE of small digits whose latent space is a plane. */
record DigitPlane(SmallTraining training, Vae model) {

    /** Trains it; its tensors live in the scope that is open. */
    static DigitPlane trained(Effort effort) {
        try (GradientMode on = GradientMode.on()) {
            SmallTraining training = new SmallTraining(
                    Digits.of(effort, 8000, 500),
                    Map.of("epochs", effort.of(25, 1) + "", "learningRate", "cosine(0.005, 0.0005)"));
            Vae model = training.vae(128, 128, 2);
            training.train(Composition.of(model, Elbo.standard()));
            return new DigitPlane(training, model);
        }
    }

    /** The first test digits. */
    Batch test(int count) {
        return training.first(training.test(), count);
    }

    /** q(z|x) of each, [B, 2]. */
    DiagonalNormal posterior(Batch batch) {
        if (model.posterior().given(Pass.deterministic(), batch.get("image")) instanceof DiagonalNormal q) {
            return q;
        }
        throw new IllegalStateException("Bug: the encoder's distribution is no diagonal normal");
    }

    /** The probabilities of pixels, [..., 1, H, W]. */
    Tensor decode(Tensor z) {
        return model.likelihood().given(Pass.deterministic(), z).centre();
    }
}
