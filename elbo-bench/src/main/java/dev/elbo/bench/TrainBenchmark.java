package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How fast a recipe trains: the trainer itself on generated images of 28 × 28 pixels, data, noise, metrics
 * and all. A measurement counts only if the weights moved and the loss fell.
 *
 * @param config what is trained, with {@code logEvery} steps in each measurement
 * @param warmUp measurements that are thrown away
 */
public record TrainBenchmark(RunConfig config, int warmUp) {
    /** How many images are generated. */
    public static final int IMAGES = 10_000;

    private static final int SIDE = 28;

    /**
     * What was measured.
     *
     * @param stepsPerSecond over the measurements
     * @param firstLoss −ELBO in nats during the first measurement, of warm-up
     * @param lastLoss the same during the last
     * @param moved the largest change of a weight
     * @param residentMiB the process's resident memory after each measurement, without warm-up
     */
    public record Result(
            RunConfig config,
            Device device,
            Spread stepsPerSecond,
            double firstLoss,
            double lastLoss,
            double moved,
            Spread residentMiB) {

        /** As JSON, with what the figures depend on. */
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("stepsPerSecond", stepsPerSecond.toJson());
            json.put(
                    "samplesPerSecond",
                    stepsPerSecond.median() * config.training().batch());
            json.put("firstLoss", firstLoss);
            json.put("lastLoss", lastLoss);
            json.put("largestMove", moved);
            json.set("residentMiB", residentMiB.toJson());
            json.put("device", device.toString());
            json.put("threads", Backend.threads());
            json.put("kernels", Backend.kernels());
            json.set("config", config.toJson());
            return json;
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
        try (Scope scope = Scope.open("benchmark")) {
            Examples examples = new Examples(images(), config.pixels(), config.seed(), device);
            LatentVariableModel model =
                    config.recipe().model(spec(), new Initializer(Rng.seeded(config.seed(), device), device));
            Map<String, Tensor> parameters = model.parameters();
            List<HostArray> before =
                    parameters.values().stream().map(Tensor::toHost).toList();
            trainer(model, examples, event -> {
                        rates.add(event.samplesPerSecond() / config.training().batch());
                        losses.add(event.terms().getOrDefault("negElbo", Double.NaN));
                        resident.add(residentMiB());
                    })
                    .run(() -> false);
            Result result = new Result(
                    config,
                    device,
                    Spread.of(rates.subList(warmUp, rates.size())),
                    losses.get(0),
                    losses.get(losses.size() - 1),
                    largestMove(before, List.copyOf(parameters.values())),
                    Spread.of(resident.subList(warmUp, resident.size())));
            return verified(result);
        }
    }

    private Trainer trainer(LatentVariableModel model, Examples examples, Consumer<TrainingEvent.Progressed> measured) {
        return new Trainer(
                model,
                config.recipe().objective(),
                examples,
                Optional.empty(),
                config.training(),
                config.seed(),
                Optional.empty(),
                event -> {
                    if (event instanceof TrainingEvent.Progressed progressed) {
                        measured.accept(progressed);
                    }
                });
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

    private static double largestMove(List<HostArray> before, List<Tensor> after) {
        double largest = 0;
        try (Scope scope = Scope.open("compare")) {
            for (int i = 0; i < before.size(); i++) {
                Tensor start = Tensor.of(before.get(i), after.get(i).device());
                largest = Math.max(
                        largest, after.get(i).detach().minus(start).abs().max().item());
            }
        }
        return largest;
    }

    private static DataSpec spec() {
        List<String> digits = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        return new DataSpec(
                "generated", Map.of("image", new Field.Image(1, SIDE, SIDE), "label", new Field.Category(digits)), "");
    }

    /** Ten patterns, each seen through noise: there is something to learn. */
    private static Split images() {
        SplittableRandom random = new SplittableRandom(1);
        boolean[][] patterns = new boolean[10][SIDE * SIDE];
        for (boolean[] pattern : patterns) {
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = random.nextInt(10) < 3;
            }
        }
        byte[] images = new byte[IMAGES * SIDE * SIDE];
        long[] labels = new long[IMAGES];
        for (int n = 0; n < IMAGES; n++) {
            labels[n] = random.nextInt(10);
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean flipped = random.nextInt(50) == 0;
                images[n * SIDE * SIDE + i] = (byte) (patterns[(int) labels[n]][i] ^ flipped ? 255 : 0);
            }
        }
        return new Split(
                Map.of("image", HostArray.of(images, IMAGES, 1, SIDE, SIDE), "label", HostArray.of(labels, IMAGES)));
    }

    /** As people read it. */
    public static String describe(Result result) {
        return String.format(
                Locale.ROOT,
                "%s, batch %d, %s, %d threads, %s kernels: %.0f steps/s (%.0f to %.0f), %.0f samples/s; −ELBO %.1f to %.1f nats",
                result.config().recipe().name(),
                result.config().training().batch(),
                result.device(),
                Backend.threads(),
                Backend.kernels(),
                result.stepsPerSecond().median(),
                result.stepsPerSecond().min(),
                result.stepsPerSecond().max(),
                result.stepsPerSecond().median() * result.config().training().batch(),
                result.firstLoss(),
                result.lastLoss());
    }
}
