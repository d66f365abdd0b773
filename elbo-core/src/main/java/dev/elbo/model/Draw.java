package dev.elbo.model;

import dev.elbo.distribution.Point;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * K samples of a model's latents for each of B examples, and what the model says of the examples given
 * them. Objectives, training, evaluation and serving know a model only through this.
 *
 * @param latents from the top of the model down
 * @param reconstructions p(x|z) by field
 * @param penalties further terms of the loss that a model brings along, in nats, of rank 0
 * @param weights what each sample counts for its example, [K, B], 1 together: of latents that are gone through value by
 *     value, as the classes of an example without a label are; absent where samples are drawn, and count alike
 */
public record Draw(
        List<Latent> latents,
        Map<String, Reconstruction> reconstructions,
        Map<String, Tensor> penalties,
        Optional<Tensor> weights) {
    /** Copies list and maps. */
    public Draw {
        latents = List.copyOf(latents);
        reconstructions = new LinkedHashMap<>(reconstructions);
        penalties = new LinkedHashMap<>(penalties);
    }

    /** Samples that count alike, of a model without penalties. */
    public Draw(List<Latent> latents, Map<String, Reconstruction> reconstructions) {
        this(latents, reconstructions, Map.of(), Optional.empty());
    }

    /** Samples that count alike, of a model that brings penalties along. */
    public Draw(List<Latent> latents, Map<String, Reconstruction> reconstructions, Map<String, Tensor> penalties) {
        this(latents, reconstructions, penalties, Optional.empty());
    }

    /** log p(x|z) in nats, all fields together, [K, B]. */
    public Tensor logLikelihood() {
        return reconstructions.values().stream()
                .map(Reconstruction::logLikelihood)
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    /** Whether nothing was drawn: every posterior is a point, and one sample says what any number of them would. */
    public boolean isCertain() {
        return latents.stream().allMatch(latent -> latent.posterior() instanceof Point);
    }

    /** Whether distortion and rate are a bound of log p(x): every posterior has a rate. */
    public boolean hasBound() {
        return latents.stream().allMatch(Latent::hasRate);
    }

    /** KL(q(z|x) ‖ p(z)) of all latents together in nats, [B] or [K, B]; 0 without any. */
    public Tensor kl() {
        return latents.stream()
                .map(Latent::kl)
                .reduce(Tensor::plus)
                .orElseGet(() -> logLikelihood().zerosLike());
    }

    /**
     * The expectation over the samples of each example.
     *
     * @param figures [K, B, event...]; or [B, event...], which has no samples and stays
     * @param eventRank the number of dimensions behind B
     * @return [B, event...]
     */
    public Tensor expectation(Tensor figures, int eventRank) {
        if (figures.rank() == eventRank + 1) {
            return figures;
        }
        if (weights.isEmpty()) {
            return figures.size(0) == 1 ? figures.squeeze(0) : figures.mean(0);
        }
        Tensor weight = weights.get();
        for (int i = 0; i < eventRank; i++) {
            weight = weight.unsqueeze(-1);
        }
        return figures.times(weight).sum(0);
    }

    /** The mean over examples of the expectation over samples, of rank 0; figures are [K, B] or [B]. */
    public Tensor mean(Tensor figures) {
        return weights.isEmpty() ? figures.mean() : expectation(figures, 0).mean();
    }

    /** A loss with all that the model brings along, of rank 0. */
    public Tensor penalised(Tensor loss) {
        return penalties.values().stream().reduce(loss, Tensor::plus);
    }

    /** log w = log p(x|z) + log p(z) − log q(z|x) in nats, [K, B]. Burda et al. (2016), eq. 8. */
    public Tensor logWeights() {
        return latents.stream()
                .map(latent -> latent.logPrior().minus(latent.logPosterior()))
                .reduce(logLikelihood(), Tensor::plus);
    }

    /** log Σₖ ωₖ wₖ in nats, [B], with ω the samples' weights, or 1/K: the estimate of log p(x) by importance sampling. */
    public Tensor logEvidence() {
        Tensor logWeights = logWeights();
        return weights.map(weight -> logWeights.plus(weight.log()).logSumExp(0))
                .orElseGet(() -> logWeights.logSumExp(0).minus(Math.log((double) logWeights.size(0))));
    }
}
