package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.FactorisedPosteriors;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The β-TCVAE's loss: the rate is taken apart, and each part weighs by itself. Chen et al. (2018), eq. 4:
 *
 * <pre>
 * distortion + α I(x; z) + β KL(q(z) ‖ Πⱼ q(zⱼ)) + γ Σⱼ KL(q(zⱼ) ‖ p(zⱼ))
 * </pre>
 *
 * with the mutual information of data and code, the total correlation of the code's dimensions, and the divergence of each
 * dimension from its prior. q(z) is the mean of the posteriors of all N examples; it is estimated from those of a batch. With α =
 * β = γ = 1 the estimates of q cancel, whatever they are, and the loss is the ELBO's with one sample of the posterior.
 *
 * <p>Time and memory grow with the square of the batch, times the dimensions of z.
 *
 * @param alpha weight of the mutual information
 * @param beta weight of the total correlation
 * @param gamma weight of the divergence of single dimensions
 * @param estimator of log q(z)
 */
public record TotalCorrelation(
        @About("weight of the mutual information of image and code")
        double alpha,

        @About("schedule of the total correlation's weight, in epochs: 6, linear(0, 6, 10), …")
        Schedule beta,

        @About("weight of each dimension's divergence from its prior")
        double gamma,

        @About("of log q(z): weighted, the paper's, which is biased, or stratified")
        Estimator estimator)
        implements Objective {
    private static final String NAME = "β-TCVAE";

    /** How log q(z) is estimated from a batch of B of N examples, one of which z is a code of. */
    public enum Estimator {
        /**
         * Minibatch-weighted sampling, log 1/(N B) Σ q(z|x_b). Chen et al. (2018), eq. 5. It is too small by log N where
         * posteriors overlap, and so is each dimension's: the total correlation it gives is too large by up to (D − 1) log N nats,
         * and the divergence of dimensions too small by D log N. That hardly changes with the parameters.
         */
        WEIGHTED {
            @Override
            Tensor logWeights(long batch, long examples, Device device) {
                return Tensor.zeros(device, batch, batch).minus(Math.log((double) examples * batch));
            }
        },
        /**
         * Minibatch-stratified sampling: z's own posterior weighs 1/N, all others (N − 1)/N together, and the estimate of q(z) is
         * without bias. Chen et al. (2018), appendix C.2, where one of the others weighs less than the rest; here they weigh
         * alike. That has the same expectation and a smaller variance, and is exact where the batch is the whole data set.
         */
        STRATIFIED {
            @Override
            Tensor logWeights(long batch, long examples, Device device) {
                double own = -Math.log((double) examples);
                double other = Math.log((double) (examples - 1)) + own - Math.log((double) (batch - 1));
                Tensor index = Tensor.arange(batch, device);
                Tensor isOwn = index.unsqueeze(1).equalTo(index).to(DType.FLOAT32); // [B(z), B(q)]
                return isOwn.times(own - other).plus(other);
            }
        };

        /** The logarithm of what posterior b weighs in the estimate of q at the code of example a, [B(z), B(q)]. */
        abstract Tensor logWeights(long batch, long examples, Device device);
    }

    /**
     * Validates the weights.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public TotalCorrelation {
        if (!(alpha >= 0 && beta.least() >= 0 && gamma >= 0)) {
            throw new IllegalArgumentException("alpha, beta and gamma must be at least 0; got alpha=" + alpha
                    + ", beta=" + beta + " and gamma=" + gamma);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        FactorisedPosteriors q = FactorisedPosteriors.of(draw, NAME, "Set posterior=normal, or choose beta-vae");
        Tensor pairs = q.logProbPerDimension(q.codes()); // [B(z), B(q), D]
        Tensor weights = logWeights(pairs, step.examples()); // [B(z), B(q)]
        Tensor joint = pairs.sum(-1).plus(weights).logSumExp(1); // log q(z), [B]
        Tensor marginals = pairs.plus(weights.unsqueeze(-1)).logSumExp(1).sum(-1); // Σⱼ log q(zⱼ), [B]

        Tensor mutualInformation = q.logPosterior().minus(joint).mean();
        Tensor totalCorrelation = joint.minus(marginals).mean();
        Tensor dimensionWise = marginals.minus(q.logPrior()).mean();
        Tensor total = bound.distortion()
                .plus(mutualInformation.times(alpha))
                .plus(totalCorrelation.times(step.value(beta)))
                .plus(dimensionWise.times(gamma));

        Map<String, Tensor> terms = bound.terms();
        terms.put("mutualInformation", mutualInformation);
        terms.put("totalCorrelation", totalCorrelation);
        terms.put("dimensionWise", dimensionWise);
        terms.putAll(draw.penalties());
        return new Loss(draw.penalised(total), terms);
    }

    private Tensor logWeights(Tensor pairs, long examples) {
        long batch = pairs.size(1);
        if (batch < 2) {
            throw new IllegalArgumentException(
                    NAME
                            + " compares the codes of a batch's examples, and this one has a single example; set batch to 2 or more");
        }
        return estimator.logWeights(batch, examples, pairs.device());
    }
}
