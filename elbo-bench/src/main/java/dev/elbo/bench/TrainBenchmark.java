package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Scope;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast a recipe trains: the trainer itself on generated images of 28 × 28 pixels, sentences or speech, data, noise,
 * metrics and all. A measurement counts only if the weights moved and the loss fell.
 *
 * @param config what is trained, with {@code logEvery} steps in each measurement
 * @param warmUp measurements that are thrown away
 */
public record TrainBenchmark(RunConfig config, int warmUp) {
    private static final int USUAL_STEPS = 300;

    /**
     * Validates the steps of a measurement.
     *
     * @throws IllegalArgumentException if sentences or speech are measured, and it is no whole epochs: batches are of different lengths
     */
    public TrainBenchmark {
        long epoch = stepsPerEpoch(config);
        int steps = config.training().logEvery();
        if (GeneratedTraining.isRagged(config.recipe()) && steps % epoch != 0) {
            throw new IllegalArgumentException(
                    "a measurement of sentences or speech is of whole epochs, so that batches of all lengths"
                            + " are in it; got --steps " + steps + ": give a multiple of " + epoch);
        }
    }

    /** How many steps an epoch of the generated data has. */
    public static long stepsPerEpoch(RunConfig config) {
        long examples = GeneratedTraining.data(config.recipe()).train().size();
        return Math.max(1, examples / config.training().batch());
    }

    /** Steps of a measurement if nothing else is said: many, or those in which all sentences or clips are seen. */
    public static long usualSteps(RunConfig config) {
        return GeneratedTraining.isRagged(config.recipe()) ? stepsPerEpoch(config) : USUAL_STEPS;
    }

    /**
     * What was measured.
     *
     * @param stepsPerSecond over the measurements
     * @param firstLoss −ELBO in nats during the first measurement, of warm-up
     * @param lastLoss the same during the last
     * @param parameters how many numbers the model learns
     * @param moved the largest change of a weight
     * @param flops floating-point operations of a step, those of matrix products and convolutions
     * @param replicas how many copies of the model shared a batch
     * @param ceilings what the processor can do at most
     * @param residentMiB the process's resident memory after each measurement, without warm-up
     */
    public record Result(
            RunConfig config,
            Device device,
            Spread stepsPerSecond,
            double firstLoss,
            double lastLoss,
            long parameters,
            double moved,
            Spread residentMiB,
            double flops,
            int replicas,
            Ceilings ceilings)
            implements Finding {

        /** 10⁹ floating-point operations a second. */
        public double gflops() {
            return flops * stepsPerSecond.median() / 1e9;
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("stepsPerSecond", stepsPerSecond.toJson());
            json.put(
                    "samplesPerSecond",
                    stepsPerSecond.median() * config.training().batch());
            json.put("firstLoss", firstLoss);
            json.put("lastLoss", lastLoss);
            json.put("parameters", parameters);
            json.put("largestMove", moved);
            json.set("residentMiB", residentMiB.toJson());
            json.put("gflops", gflops());
            json.set("ceilings", ceilings.toJson());
            json.put("shareOfCeiling", gflops() / ceilings.gflops());
            json.put("replicas", replicas);
            json.put("device", device.toString());
            json.put("threads", Backend.threads());
            json.put("kernels", Backend.kernels());
            json.set("config", config.toJson());
            return json;
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%s, batch %d, %s, %d threads%s, %s kernels: %.0f steps/s (%.0f to %.0f), %.0f samples/s, %.0f of %.0f GFLOP/s;"
                            + " −ELBO %.1f to %.1f nats",
                    config.recipe().name(),
                    config.training().batch(),
                    device,
                    Backend.threads(),
                    replicas == 1 ? "" : " with a copy of the model each",
                    Backend.kernels(),
                    stepsPerSecond.median(),
                    stepsPerSecond.min(),
                    stepsPerSecond.max(),
                    stepsPerSecond.median() * config.training().batch(),
                    gflops(),
                    ceilings.gflops(),
                    firstLoss,
                    lastLoss);
        }
    }

    /**
     * Trains and measures.
     *
     * @throws IllegalStateException if the weights did not move, or the loss did not fall
     */
    public Result run(Device device) throws IOException {
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        int[] replicas = {1};
        try (Scope scope = Scope.open("benchmark")) {
            GeneratedTraining training = new GeneratedTraining(config, device);
            training.run(event -> {
                if (event instanceof TrainingEvent.Started started) {
                    replicas[0] = started.replicas();
                }
                if (event instanceof TrainingEvent.Progressed progressed) {
                    rates.add(progressed.samplesPerSecond() / config.training().batch());
                    losses.add(progressed.terms().getOrDefault("negElbo", Double.NaN));
                    resident.add(residentMiB());
                }
            });
            Result result = new Result(
                    config,
                    device,
                    Spread.of(rates.subList(warmUp, rates.size())),
                    losses.get(0),
                    losses.get(losses.size() - 1),
                    training.parameters(),
                    GeneratedTraining.largestDifference(training.before(), training.state()),
                    Spread.of(resident.subList(warmUp, resident.size())),
                    training.operations(),
                    replicas[0],
                    Ceilings.measure());
            return verified(result);
        }
    }

    /** NaN where the system has no /proc. */
    private static double residentMiB() {
        try {
            List<String> pages =
                    List.of(Files.readString(Path.of("/proc/self/statm")).split(" ", -1));
            return Long.parseLong(pages.get(1)) * 4096.0 / (1 << 20);
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    private static Result verified(Result result) {
        if (!(result.moved() > 0) || !(result.lastLoss() < result.firstLoss())) {
            throw new IllegalStateException("this measured nothing: the loss went from " + result.firstLoss() + " to "
                    + result.lastLoss() + " nats, and the weights moved by at most " + result.moved());
        }
        return result;
    }
}
