package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Pathwise;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * The importance-weighted bound log 1/K Σₖ wₖ with w = p(x, z) / q(z|x). Burda et al. (2016), eq. 8.
 *
 * <p>The doubly reparameterised gradient replaces, for the posterior's parameters, the weights w̃ₖ of the
 * samples' gradients by w̃ₖ² and drops the score term: its signal does not vanish as K grows. Tucker et
 * al. (2019), eq. 8.
 *
 * @param samples K
 * @param doublyReparameterised whether to use that gradient
 */
public record Iwae(
        @About("samples K of the bound") int samples,

        @About("the gradient of Tucker et al. (2019), whose signal does not vanish as K grows")
        boolean doublyReparameterised)
        implements Objective {

    /**
     * Validates K.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Iwae {
        if (samples < 1) {
            throw new IllegalArgumentException("the importance-weighted bound needs a sample; got " + samples);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, samples, step.pass());
        if (!doublyReparameterised) {
            Tensor bound = draw.logEvidence().mean();
            return new Loss(draw.penalised(bound.negate()), terms(draw, bound));
        }
        requireSamplesByThemselves(draw);
        Tensor logWeights = pathwiseLogWeights(draw); // [K, B]
        Tensor bound = logWeights.logSumExp(0).minus(Math.log(samples)).mean();
        return new Loss(draw.penalised(doublyReparameterised(draw, logWeights)), terms(draw, bound));
    }

    /** A gradient that passes from a latent to the one above would be weighted at both. */
    private static void requireSamplesByThemselves(Draw draw) {
        if (draw.weights().isPresent()) {
            throw new IllegalArgumentException("the doubly reparameterised gradient is of samples that are drawn; this"
                    + " model goes through the values of a latent. Set doublyReparameterised to false");
        }
        for (Latent latent : draw.latents()) {
            if (latent.isBelowAnother()) {
                throw new IllegalArgumentException(
                        "the doubly reparameterised gradient is of latents beside each other;" + " latent '"
                                + latent.name() + "' is below another. Set doublyReparameterised to false");
            }
        }
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }

    /** log w without the dependence of log q on the posterior's parameters but through z. */
    private static Tensor pathwiseLogWeights(Draw draw) {
        return draw.latents().stream()
                .map(latent -> latent.logPrior().minus(pathwiseLogPosterior(latent)))
                .reduce(draw.logLikelihood(), Tensor::plus);
    }

    private static Tensor pathwiseLogPosterior(Latent latent) {
        if (latent.posterior() instanceof Pathwise q) {
            return q.detached().logProb(latent.value());
        }
        throw new IllegalArgumentException(
                "the doubly reparameterised gradient needs a reparameterised posterior with a density for every value;"
                        + " latent '" + latent.name() + "' has "
                        + latent.posterior().getClass().getSimpleName()
                        + ". Set doublyReparameterised to false, or choose posterior=normal");
    }

    /** −Σ w̃ log w, whose gradient at each zₖ is weighted by w̃ₖ once more. */
    private static Tensor doublyReparameterised(Draw draw, Tensor logWeights) {
        Tensor weights = logWeights.detach().softmax(0);
        for (Latent latent : draw.latents()) {
            if (latent.value().requiresGradient()) {
                Tensor factors = alongEvents(weights, latent.value().rank());
                latent.value().onGradient(gradient -> gradient.times(factors));
            }
        }
        return weights.times(logWeights).sum(0).mean().negate();
    }

    /** [K, B] as [K, B, 1, …] of this rank. */
    private static Tensor alongEvents(Tensor weights, int rank) {
        long[] ones = new long[rank - weights.rank()];
        Arrays.fill(ones, 1);
        Shape shape = weights.shape().append(ones);
        return weights.reshape(shape);
    }

    private static Map<String, Tensor> terms(Draw draw, Tensor bound) {
        Map<String, Tensor> terms = Bound.of(draw).terms();
        terms.put("negBound", bound.negate());
        terms.putAll(draw.penalties());
        return terms;
    }
}
