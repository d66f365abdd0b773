package dev.elbo.handbook.toy;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A small training by Elbo's objectives and Elbo's Adam, in which each step sees all examples: a step has the noise of its
 * number, and nothing else is left to chance.
 *
 * @param rows of the field "row", [N, D]
 * @param steps how many are taken
 * @param rate the learning rate
 * @param seed of the noise
 */
public record RowTraining(Tensor rows, int steps, double rate, long seed) {
    /** The field that is observed. */
    public static final String ROW = "row";

    /**
     * Moves some parameters until the loss of a model is small.
     *
     * @param moved the parameters that move, by name
     * @param watch told the number of steps taken, before the first and after each
     */
    public void run(LatentVariableModel model, Map<String, Tensor> moved, Objective objective, IntConsumer watch) {
        try (Scope training = Scope.open("small training")) {
            ParameterBuffer parameters = new ParameterBuffer(moved);
            Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
            Step step = new Step(seed, 1, rows.size(0), rows.device());
            Batch batch = new Batch(Map.of(ROW, rows));
            watch.accept(0);
            for (int i = 0; i < steps; i++) {
                try (Scope work = Scope.open("step")) {
                    step.advance(i, 0);
                    parameters.clearGradients();
                    objective.loss(model, batch, step).total().backward();
                    adam.learningRate().fill(rate * (1 - 0.99 * i / steps));
                    adam.step();
                }
                watch.accept(i + 1);
            }
        }
    }
}
