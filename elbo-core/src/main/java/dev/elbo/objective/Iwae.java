package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

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
    private static final LogWeights DOUBLY =
            new LogWeights("the doubly reparameterised gradient", "Set doublyReparameterised to false");

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
            return Loss.of(draw, bound.negate(), Bound.of(draw).terms(bound));
        }
        requireBesideEachOther(draw);
        Tensor logWeights = DOUBLY.alongPaths(draw); // [K, B]
        Tensor bound = logWeights.logSumExp(0).minus(Math.log(samples)).mean();
        return Loss.of(
                draw, doublyReparameterised(draw, logWeights), Bound.of(draw).terms(bound));
    }

    /** A gradient that passes from a latent to the one above would be weighted at both. */
    private static void requireBesideEachOther(Draw draw) {
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
}
