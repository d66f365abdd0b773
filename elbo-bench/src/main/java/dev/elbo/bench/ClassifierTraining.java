package dev.elbo.bench;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Shuffled;
import dev.elbo.distribution.Categorical;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Schedule;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Optimizer;
import dev.elbo.train.Batches;
import java.util.function.BiConsumer;

/**
 * Trains a classifier by the cross-entropy, with Adam and a learning rate that falls along a cosine.
 *
 * @param batch examples in a step, or all if there are fewer
 */
record ClassifierTraining(int epochs, int batch, long seed) {
    private static final double FIRST_RATE = 2e-3;
    private static final double LAST_RATE = 1e-5;

    /** A network's logits. */
    interface Logits {
        /**
         * Logits of the classes of pictures.
         *
         * @param images FLOAT32 [B, C, H, W] in 0 … 1
         * @return [B, classes]
         */
        Tensor of(Tensor images, Pass pass);
    }

    /**
     * Trains.
     *
     * @param examples on the CPU
     * @param image the field of pictures
     * @param label the field of classes
     * @param progress told the epoch and its last loss in nats
     */
    void teach(
            Module network,
            Logits logits,
            Examples examples,
            String image,
            String label,
            BiConsumer<Integer, Double> progress) {
        try (Scope scope = Scope.open("train classifier")) {
            int size = (int) Math.min(batch, examples.size());
            Batches batches = new Batches(examples, new Shuffled(seed, (int) examples.size(), size));
            ParameterBuffer parameters = new ParameterBuffer(network.parameters());
            Optimizer adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
            Schedule learningRate = new Schedule.Cosine(FIRST_RATE, LAST_RATE, epochs);
            NoiseTape noise = new NoiseTape(seed, Device.CPU);
            for (long step = 0; step < epochs * batches.perEpoch(); step++) {
                try (Scope work = Scope.open("step")) {
                    noise.rewind(step);
                    adam.learningRate().fill(learningRate.at((double) step / batches.perEpoch()));
                    Batch some = batches.at(step, noise);
                    Tensor loss = new Categorical(logits.of(some.get(image), Pass.training(noise)), 0)
                            .logProb(some.get(label))
                            .mean()
                            .negate();
                    parameters.clearGradients();
                    loss.backward();
                    adam.step();
                    if ((step + 1) % batches.perEpoch() == 0) {
                        progress.accept((int) ((step + 1) / batches.perEpoch()), loss.item());
                    }
                }
            }
            parameters.freeGradients();
        }
    }
}
