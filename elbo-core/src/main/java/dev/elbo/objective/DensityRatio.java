package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The FactorVAE's loss: the negative ELBO plus γ times the total correlation, which a critic estimates. Kim and Mnih (2018), eq. 2
 * and 3:
 *
 * <pre>
 * distortion + rate + γ E[log D(z) / (1 − D(z))]
 * </pre>
 *
 * The critic D learns to tell codes z of q(z) from codes of Πⱼ q(zⱼ), which are made by permuting each dimension within the batch,
 * algorithm 1. Its logit is then log q(z) / Πⱼ q(zⱼ), and the mean of that the total correlation in nats. One backward pass
 * serves both: the critic judges detached codes, and the model learns from a frozen critic.
 *
 * <p>In the paper the permuted codes are those of a second batch; here they are those of the same one, which saves its encoding. The
 * critic has one output in the place of two, whose difference is all that counts.
 *
 * @param gamma weight of the total correlation
 * @param critic from all latents as one vector, [B, D], to the logit of D, [B, 1]
 */
public record DensityRatio(Schedule gamma, Layer critic) implements Objective {
    /**
     * Validates γ.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DensityRatio {
        if (!(gamma.least() >= 0)) {
            throw new IllegalArgumentException("gamma must be at least 0 everywhere; got " + gamma);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Pass pass = step.pass();
        Draw draw = model.draw(batch, 1, pass);
        Bound bound = Bound.of(draw);
        Tensor codes = Codes.of(draw); // [B, D]
        Critic judge = new Critic(critic);
        Tensor totalCorrelation = judge.frozen().logit(codes, pass).mean();
        Tensor joint = judge.logit(codes.detach(), pass); // [B]
        Tensor independent = judge.logit(permuted(codes.detach(), pass.rng()), pass); // [B]
        Tensor criticLoss = Critic.loss(joint, independent);
        Tensor total =
                bound.negElbo().plus(totalCorrelation.times(step.value(gamma))).plus(criticLoss);

        Map<String, Tensor> terms = bound.terms();
        terms.put("totalCorrelation", totalCorrelation);
        terms.put("criticLoss", criticLoss);
        terms.put("criticAccuracy", Critic.accuracy(joint, independent));
        terms.putAll(draw.penalties());
        return new Loss(draw.penalised(total), terms);
    }

    /** Each dimension in an order of its own. */
    static Tensor permuted(Tensor codes, Rng rng) {
        return codes.gather(0, rng.uniform(codes.shape()).argsort(0, false));
    }
}
