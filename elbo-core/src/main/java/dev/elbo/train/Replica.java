package dev.elbo.train;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Autocast;
import dev.elbo.tensor.ParameterBuffer;

/**
 * A model at work on its share of every batch: the model itself on all of it, or one of several copies, each on a thread
 * of its own.
 *
 * @param parameters of this copy: values that all share, gradients of its own
 * @param step with noise of its own
 * @param from its first example in a batch
 * @param count how many are its own
 * @param weight its part of a batch
 */
record Replica(
        LatentVariableModel model,
        Objective objective,
        ParameterBuffer parameters,
        Step step,
        Meters meters,
        long from,
        long count,
        double weight) {

    /** Turns to a step: its noise, the present values of schedules, and its share of the batch. */
    Batch turnTo(long number, double epoch, Batches batches) {
        step.advance(number, epoch);
        return batches.at(number, from, count, step.pass().rng());
    }

    /**
     * Leaves the gradients of its share in its buffer, and the terms of its loss in its meters. Reads and changes nothing but
     * tensors.
     */
    void computeGradients(Batch batch, TrainingSettings.Precision precision) {
        Loss loss = loss(batch, precision);
        parameters.clearGradients();
        (weight == 1 ? loss.total() : loss.total().times(weight)).backward();
        meters.add(loss);
    }

    private Loss loss(Batch batch, TrainingSettings.Precision precision) {
        if (precision != TrainingSettings.Precision.BF16) {
            return objective.loss(model, batch, step);
        }
        try (Autocast on = Autocast.bfloat16(parameters.values().device())) {
            return objective.loss(model, batch, step);
        }
    }
}
