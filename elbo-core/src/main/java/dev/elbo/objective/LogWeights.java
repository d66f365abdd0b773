package dev.elbo.objective;

import dev.elbo.distribution.Pathwise;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.tensor.Tensor;

/**
 * log w = log p(x, z) − log q(z|x) of samples that are drawn, in nats, [K, B]: what bounds by importance sampling are made of.
 *
 * @param asker who needs them, as a refusal says it
 * @param remedy what else to do, as a refusal says it
 */
record LogWeights(String asker, String remedy) {

    /**
     * With all gradients.
     *
     * @throws IllegalArgumentException if samples are no draws
     */
    Tensor of(Draw draw) {
        requireDrawn(draw);
        return draw.logWeights();
    }

    /**
     * Without the gradient by which log q(z|x) depends on the posterior's parameters at a given z: the score, whose expectation
     * is 0. Gradients reach these parameters through z alone. Roeder et al. (2017), section 3.
     *
     * @throws IllegalArgumentException if samples are no draws, or a posterior has no density for every value
     */
    Tensor alongPaths(Draw draw) {
        requireDrawn(draw);
        return draw.latents().stream()
                .map(latent -> latent.logPrior().minus(logPosterior(latent)))
                .reduce(draw.logLikelihood(), Tensor::plus);
    }

    /** log q(z|x), [K, B], through z alone. */
    private Tensor logPosterior(Latent latent) {
        if (latent.posterior() instanceof Pathwise q) {
            return q.detached().logProb(latent.value());
        }
        throw new IllegalArgumentException(asker
                + " needs a reparameterised posterior with a density for every value; latent '" + latent.name()
                + "' has "
                + latent.posterior().getClass().getSimpleName() + ". " + remedy + ", or choose posterior=normal");
    }

    private void requireDrawn(Draw draw) {
        if (draw.weights().isPresent()) {
            throw new IllegalArgumentException(
                    asker + " is of samples that are drawn; this model goes through the values of a latent. " + remedy);
        }
    }
}
