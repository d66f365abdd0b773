package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The negative evidence lower bound of samples that have no gradient, such as choices: ∇ E_q[f] = E_q[∇f + (f − b) ∇ log q], the
 * gradient of the score function. Paisley et al. (2012), eq. 4; Mnih and Gregor (2014), section 2.2. f is the distortion, and where it
 * has no closed form the rate too; b is a baseline, which does not change the mean of the gradient, and makes it vary less.
 *
 * @param samples K, for each example
 * @param baseline b
 * @param beta the weight of the rate
 * @param average of f so far, and the weight that it has by now, [2]: both begin at 0, and training moves them
 */
public record ScoreFunction(int samples, Baseline baseline, Schedule beta, Tensor average) implements Objective {
    private static final double MEMORY = 0.9;

    private static final double TINY = 1e-12;

    /** What f is compared with. */
    public enum Baseline {
        /** Nothing. */
        NONE {
            @Override
            Tensor of(Tensor f, Tensor average) {
                return f.zerosLike();
            }
        },
        /** The mean of earlier steps. Mnih and Gregor (2014), section 2.3, without a network. */
        MOVING_AVERAGE {
            @Override
            Tensor of(Tensor f, Tensor average) {
                // what the mean of so few steps is short of, and 0 before the first
                return average.get(0, 0).over(average.get(0, 1).clamp(TINY, 1));
            }
        },
        /** The mean of the example's other samples. Mnih and Rezende (2016), section 2.4; Kool et al. (2019), eq. 7. */
        LEAVE_ONE_OUT {
            @Override
            Tensor of(Tensor f, Tensor average) {
                return f.sum(0).minus(f).over(f.size(0) - 1.0);
            }
        };

        /** Of figures [K, B], none of which the baseline of its own sample depends on. */
        abstract Tensor of(Tensor f, Tensor average);
    }

    /**
     * Validates K.
     *
     * @throws IllegalArgumentException if there are fewer samples than the baseline needs
     */
    public ScoreFunction {
        int least = baseline == Baseline.LEAVE_ONE_OUT ? 2 : 1;
        if (samples < least) {
            throw new IllegalArgumentException(
                    "a sample is compared with others of its example, or with none; got samples " + samples
                            + ". Set samples to " + least + " or more");
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, samples, step.pass());
        Bound bound = Bound.of(draw);
        Tensor weight = step.value(beta);
        Tensor f = cost(draw, weight).detach(); // [K, B]
        Tensor logPosterior = draw.latents().stream()
                .map(ScoreFunction::logPosterior)
                .reduce(Tensor::plus)
                .orElseThrow();
        Tensor score = draw.mean(f.minus(baseline.of(f, average)).times(logPosterior));
        Tensor mean = f.mean();
        average.lerpInPlace(Tensor.stack(0, mean, mean.zerosLike().plus(1)), 1 - MEMORY);
        Tensor total = draw.penalties().values().stream()
                .reduce(bound.distortion().plus(weight.times(bound.rate())), Tensor::plus);
        Map<String, Tensor> terms = bound.terms();
        terms.put("beta", weight);
        terms.putAll(draw.penalties());
        return new Loss(total.plus(score.minus(score.detach())), terms);
    }

    private static Tensor cost(Draw draw, Tensor weight) {
        Tensor distortion = draw.logLikelihood().negate();
        Tensor rate = draw.kl();
        return rate.rank() == 1 ? distortion : distortion.plus(rate.times(weight));
    }

    private static Tensor logPosterior(Latent latent) {
        if (latent.value().requiresGradient()) {
            throw new IllegalArgumentException("the score function is the gradient of samples that have none; latent '"
                    + latent.name() + "' has " + latent.posterior().getClass().getSimpleName()
                    + ", whose samples have one. Choose the evidence lower bound");
        }
        return latent.logPosterior();
    }

    /** The moving average is of whole batches, and one for all copies of a model. */
    @Override
    public boolean isMeanOverExamples() {
        return false;
    }
}
