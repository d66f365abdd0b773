package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Module;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The least rate at which distortion is κ nats at most: GECO, Rezende and Viola (2018), "Taming VAEs", eq. 4. The loss is rate + λ
 * (distortion − κ), and a multiplier λ grows while the distortion is above κ, and shrinks below it.
 *
 * <p>The multiplier is a player: its loss −log λ · (distortion − κ) / κ moves λ by a factor exp(η (distortion − κ) / κ) in a step
 * of gradient descent at rate η, which is the paper's update with a constraint relative to κ. The paper's moving average of the
 * constraint is left out: small steps of log λ average it themselves.
 *
 * @param tolerance κ
 */
public record Constrained(double tolerance, Multiplier multiplier) implements Objective {
    /** Log-multipliers are kept within ± so many: one that went on beyond would need as long to come back. */
    private static final double FURTHEST = 7;

    /**
     * λ.
     *
     * @param log its logarithm, of rank 0
     */
    public record Multiplier(Tensor log) implements Module {
        /** λ = 1. */
        public static Multiplier of(Initializer initial) {
            return new Multiplier(initial.constant(0));
        }

        /** Brings it back within its bounds first. */
        private Tensor value() {
            Tensor number = log.detach();
            number.assign(number.clamp(-FURTHEST, FURTHEST));
            return number.exp();
        }
    }

    /**
     * Validates κ.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Constrained {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException(
                    "the distortion that is allowed is a positive number of nats; got tolerance " + tolerance);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Tensor excess = bound.distortion().minus(tolerance);
        Tensor lambda = multiplier.value();
        Tensor ascent = multiplier.log().times(excess.detach().over(tolerance)).negate();
        Tensor total = bound.rate().plus(lambda.times(excess)).plus(ascent);
        Map<String, Tensor> terms = bound.terms();
        terms.put("lambda", lambda);
        terms.putAll(draw.penalties());
        return new Loss(draw.penalised(total), terms);
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
