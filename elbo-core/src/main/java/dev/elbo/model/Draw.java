package dev.elbo.model;

import dev.elbo.distribution.Distribution;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * K samples of a model's latents for each of B examples, and what the model says of the examples given
 * them. Objectives, training, evaluation and serving know a model only through this.
 *
 * @param latents from the top of the model down
 * @param reconstructions p(x|z) by field
 * @param logLikelihood log p(x|z) in nats, all fields together, [K, B]
 * @param penalties further terms of the loss that a model brings along, in nats, of rank 0
 */
public record Draw(
        List<Latent> latents,
        Map<String, Distribution> reconstructions,
        Tensor logLikelihood,
        Map<String, Tensor> penalties) {

    /** KL(q(z|x) ‖ p(z)) of all latents together in nats, [B] or [K, B]. */
    public Tensor kl() {
        return latents.stream().map(Latent::kl).reduce(Tensor::plus).orElseThrow();
    }

    /** log w = log p(x|z) + log p(z) − log q(z|x) in nats, [K, B]. Burda et al. (2016), eq. 8. */
    public Tensor logWeights() {
        return latents.stream()
                .map(latent -> latent.logPrior().minus(latent.logPosterior()))
                .reduce(logLikelihood, Tensor::plus);
    }
}
