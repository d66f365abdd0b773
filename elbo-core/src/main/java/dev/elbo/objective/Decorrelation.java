package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The bound with a penalty on how far the covariance C of codes is from the identity: distortion + rate + λₒ Σᵢ≠ⱼ Cᵢⱼ² + λ_d
 * Σᵢ (Cᵢᵢ − 1)². Kumar et al. (2018), eq. 5 to 7. With C = Cov(μ) of the posteriors' means it is DIP-VAE-I, with that of their samples
 * DIP-VAE-II, C = E[Σ] + Cov(μ), Σ the posteriors' variances. Of posteriors that are not normal C is estimated with a sample of each.
 *
 * @param offDiagonal λₒ
 * @param diagonal λ_d
 * @param ofSamples whether C is that of samples
 */
public record Decorrelation(
        @About("weight of the squared covariances between dimensions")
        double offDiagonal,

        @About("weight of the squared distance of each variance from 1")
        double diagonal,

        @About("whether covariances are of samples (DIP-VAE-II), not of the posterior's means (DIP-VAE-I)")
        boolean ofSamples)
        implements Objective {
    /**
     * Validates the weights.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Decorrelation {
        if (!(offDiagonal >= 0 && diagonal >= 0)) {
            throw new IllegalArgumentException(
                    "weights are at least 0; got offDiagonal=" + offDiagonal + " and diagonal=" + diagonal);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Tensor penalty = draw.latents().stream()
                .map(latent -> penalty(draw, latent))
                .reduce(Tensor::plus)
                .orElseThrow();
        Map<String, Tensor> terms = bound.terms();
        terms.put("decorrelation", penalty);
        terms.putAll(draw.penalties());
        Tensor total = draw.penalised(bound.negElbo().plus(penalty));
        terms.put("loss", total);
        return new Loss(total, terms);
    }

    private Tensor penalty(Draw draw, Latent latent) {
        Tensor centres = draw.expectation(latent.centre(), 1); // [B, D]
        Tensor none = centres.get(0, 0).zerosLike(); // [D]
        if (!ofSamples) {
            return penalty(centres, none);
        }
        return latent.posterior() instanceof DiagonalNormal q && q.logVar().rank() == 2
                ? penalty(centres, q.logVar().exp().mean(0))
                : penalty(draw.expectation(latent.value(), 1), none);
    }

    /** Of Cov(codes) with more on its diagonal, [D]. */
    private Tensor penalty(Tensor codes, Tensor more) {
        Tensor centred = codes.minus(codes.mean(0));
        Tensor covariance = centred.transpose(0, 1).matmul(centred).over((double) codes.size(0)); // [D, D]
        Tensor variances = centred.square().mean(0); // its diagonal
        Tensor between = covariance.square().sum().minus(variances.square().sum());
        Tensor within = variances.plus(more).minus(1).square().sum();
        return between.times(offDiagonal).plus(within.times(diagonal));
    }
}
