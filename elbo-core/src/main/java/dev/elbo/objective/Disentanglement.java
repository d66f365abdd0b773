package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Guess;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Copy;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loss of texts whose latents are told apart by adversaries, John et al. (2019), eq. 9 and 10; arXiv:1808.04339:
 *
 * <pre>
 * distortion / T + Σ βᵢ KL(q(zᵢ|x) ‖ p(zᵢ)) − Σ λⱼ H(guess of adversary j)
 * </pre>
 *
 * with T the tokens of a sentence in the mean over the batch, and what the model brings along: what its own guesses cost. The paper writes the
 * sum over a sentence's words; the authors' code takes the mean, and the weights are those of that code. An adversary learns to guess from
 * a detached latent, and the model from a frozen adversary, whose entropy it raises.
 *
 * @param betas β of each latent, in their order
 * @param adversaries with their weights λ
 */
public record Disentanglement(List<Schedule> betas, List<Guess> adversaries) implements Objective {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if a β is negative somewhere
     */
    public Disentanglement {
        betas = List.copyOf(betas);
        adversaries = List.copyOf(adversaries);
        if (!betas.stream().allMatch(beta -> beta.least() >= 0)) {
            throw new IllegalArgumentException("every beta must be at least 0 everywhere; got " + betas);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Pass pass = step.pass();
        Draw draw = model.draw(batch, 1, pass);
        Bound bound = Bound.of(draw);
        Map<String, Tensor> terms = bound.terms();
        Tensor total = bound.distortion()
                .over(tokens(batch.get(model.signature().observed().get(0))));
        for (int i = 0; i < betas.size(); i++) {
            Latent latent = draw.latents().get(i);
            Tensor rate = draw.mean(latent.kl());
            total = total.plus(rate.times(step.value(betas.get(i))));
            terms.put("rate-" + latent.name(), rate);
        }
        for (Guess adversary : adversaries) {
            Tensor entropy = Copy.frozen(adversary).entropy(adversary.code(draw), pass);
            total = total.minus(entropy.times(adversary.weight()));
            terms.put(adversary.what() + "Entropy", entropy);
        }
        terms.put("loss", draw.penalised(total));
        return ofAdversaries(Loss.of(draw, total, terms), draw, batch, pass);
    }

    /** The mean length of a batch's sentences, ends included, of rank 0. */
    private static Tensor tokens(Tensor text) {
        return text.greaterThan(0).to(DType.FLOAT32).sum(-1).mean();
    }

    private Loss ofAdversaries(Loss ofModel, Draw draw, Batch batch, Pass pass) {
        Map<String, Tensor> losses = new LinkedHashMap<>();
        for (Guess adversary : adversaries) {
            losses.put(
                    adversary.what() + "Adversary",
                    adversary.surprise(adversary.code(draw).detach(), batch, pass));
        }
        return losses.values().stream()
                .reduce(Tensor::plus)
                .map(all -> ofModel.beside(all, losses))
                .orElse(ofModel);
    }
}
