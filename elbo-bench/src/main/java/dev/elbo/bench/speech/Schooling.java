package dev.elbo.bench.speech;

import dev.elbo.checkpoint.Weights;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Schedule;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a judge is trained: by Adam, with a learning rate that falls along a cosine and gradients of limited norm. Its weights are those
 * that did best on clips kept apart; when they have not for a while, training ends.
 *
 * @param steps at most
 * @param every so many steps the clips kept apart are asked
 * @param patience how often they may be asked in vain
 * @param learningRate of the first step
 * @param seed of all noise
 */
record Schooling(int steps, int every, int patience, double learningRate, long seed) {
    private static final double LARGEST_NORM = 5;

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

    /** Trains; returns the least loss on clips kept apart, in nats. */
    double teach(Module network, Lesson lesson, Progress progress) {
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
                step(lesson, step, Pass.training(noise), parameters, adam);
                if ((step + 1) % every == 0 || step + 1 == steps) {
                    double heldOut = lesson.heldOut();
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

    private static void step(Lesson lesson, int step, Pass pass, ParameterBuffer parameters, Optimizer adam) {
        try (Scope work = Scope.open("step")) {
            Tensor loss = lesson.loss(step, pass);
            parameters.clearGradients();
            loss.backward();
            parameters.clipGradients(LARGEST_NORM);
            adam.step();
        }
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
