package dev.elbo.bench.speech;

import dev.elbo.checkpoint.Weights;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Schedule;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a judge is trained, on recordings and strings of them: by Adam, with a learning rate that falls along a cosine and gradients of limited norm. Its weights are those
 * that did best on clips kept apart; when they have not for a while, training ends.
 *
 * @param steps at most
 * @param every so many steps the clips kept apart are asked
 * @param patience how often they may be asked in vain
 * @param learningRate of the first step
 * @param batch recordings at once
 * @param seed of all noise, and of the strings that are drawn
 */
record Schooling(int steps, int every, int patience, double learningRate, int batch, long seed) {
    private static final double LARGEST_NORM = 5;
    private static final int AT_ONCE = 32; // utterances without gradients

    /** The rule that a network learns by. */
    interface Loss {
        /** −log p of what is to be heard in each utterance, in nats, [B]. */
        Tensor of(List<Utterance> utterances, Pass pass);
    }

    /** Told how far it is. */
    interface Progress {
        /**
         * After clips kept apart were asked.
         *
         * @param done from 0 to 1
         * @param heldOut their loss in nats
         */
        void learned(double done, double heldOut);
    }

    /**
     * Trains.
     *
     * @param apart utterances that are not learned from
     * @return the least loss on those, in nats
     */
    double teach(Module network, Loss loss, SpokenStrings training, List<Utterance> apart, Progress progress) {
        try (Scope scope = Scope.open("train judge")) {
            ParameterBuffer parameters = new ParameterBuffer(network.parameters());
            Optimizer adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
            Schedule rate = new Schedule.Cosine(learningRate, learningRate / 100, steps);
            NoiseTape noise = new NoiseTape(seed, Device.CPU);
            Map<String, HostArray> best = Map.of();
            double least = Double.POSITIVE_INFINITY;
            int inVain = 0;
            for (int step = 0; step < steps && inVain < patience; step++) {
                noise.rewind(step);
                adam.learningRate().fill(rate.at(step));
                try (Scope work = Scope.open("step")) {
                    List<Utterance> strings = training.draw(Rng.seedOf(seed, step), batch);
                    loss.of(strings, Pass.training(noise)).mean().backward();
                    parameters.clipGradients(LARGEST_NORM);
                    adam.step();
                    parameters.clearGradients();
                }
                if ((step + 1) % every == 0 || step + 1 == steps) {
                    double heldOut = mean(loss, apart);
                    progress.learned((step + 1.0) / steps, heldOut);
                    inVain = heldOut < least ? 0 : inVain + 1;
                    if (heldOut < least) {
                        least = heldOut;
                        best = arrays(network);
                    }
                }
            }
            requireLearned(least);
            Weights.load(network, best);
            parameters.freeGradients();
            return least;
        }
    }

    private static double mean(Loss loss, List<Utterance> apart) {
        double sum = 0;
        for (int from = 0; from < apart.size(); from += AT_ONCE) {
            try (Scope scope = Scope.open("held out");
                    Inference use = Inference.begin()) {
                List<Utterance> some = apart.subList(from, Math.min(apart.size(), from + AT_ONCE));
                sum += loss.of(some, Pass.deterministic()).sum().item();
            }
        }
        return sum / apart.size();
    }

    private static void requireLearned(double least) {
        if (!Double.isFinite(least)) {
            throw new IllegalStateException("the judge learned nothing: its loss on clips kept apart was never finite");
        }
    }

    /** The values of parameters and buffers. */
    static Map<String, HostArray> arrays(Module network) {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        network.state().forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        return arrays;
    }
}
