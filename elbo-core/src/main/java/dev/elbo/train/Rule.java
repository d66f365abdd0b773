package dev.elbo.train;

import dev.elbo.objective.Schedule;
import dev.elbo.tensor.optim.Adam;

/**
 * By which rule parameters are moved.
 *
 * @param learningRate schedule over the epochs of a stage
 * @param beta1 decay of the mean of gradients, of adam, adamw and adamax
 * @param beta2 decay of the mean of their squares, of the same
 * @param epsilon the optimizer's ε, which bounds its steps where gradients are small
 * @param weightDecay of adam (as an L2 penalty) and adamw (decoupled)
 * @param clip largest norm of the gradient; 0 for no limit
 */
public record Rule(
        OptimizerKind optimizer,
        Schedule learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double clip) {
    /** Adam with the published ε, without decay or limit: what critics are usually trained by. */
    public static Rule adam(Schedule learningRate, double beta1, double beta2) {
        return new Rule(OptimizerKind.ADAM, learningRate, beta1, beta2, Adam.EPSILON, 0, 0);
    }
}
