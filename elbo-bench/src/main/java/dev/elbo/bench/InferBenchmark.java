package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.generate.Texts;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many examples a second a model encodes, decodes and scores, in batches, asked by one caller or by several at once. An
 * answer counts only if it is the same whoever asks.
 *
 * @param config whose recipe is asked, with first weights, in batches of its training
 * @param callers threads that ask at once
 * @param seconds for each measurement
 */
public record InferBenchmark(RunConfig config, int callers, double seconds, int repeats) {
    /** K of the score, −log p(x) by importance sampling. */
    private static final int SAMPLES = 10;

    /**
     * What was measured.
     *
     * @param examplesPerSecond by what was asked for
     */
    public record Result(InferBenchmark of, Device device, Map<String, Spread> examplesPerSecond) implements Finding {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode rates = json.putObject("examplesPerSecond");
            examplesPerSecond.forEach((name, spread) -> rates.set(name, spread.toJson()));
            json.put("scoreSamples", SAMPLES);
            json.put("callers", of.callers);
            json.put("batch", of.config.training().batch());
            json.put("device", device.toString());
            json.put("threads", Backend.threads());
            json.put("kernels", Backend.kernels());
            json.set("config", of.config.toJson());
            return json;
        }

        @Override
        public String describe() {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s, batch %d, %s, %d threads, %d callers, %s kernels: examples per second",
                    of.config.recipe().name(),
                    of.config.training().batch(),
                    device,
                    Backend.threads(),
                    of.callers,
                    Backend.kernels()));
            examplesPerSecond.forEach((name, rate) -> text.append(String.format(
                    Locale.ROOT, "%n  %-7s %,10.0f  (%,.0f to %,.0f)", name, rate.median(), rate.min(), rate.max())));
            return text.toString();
        }
    }

    /** One thing to ask for: its answer for a batch. */
    private interface Question {
        float[] answer();
    }

    /**
     * Measures: of images encoding, decoding and scoring; of sentences encoding, scoring, and writing word by word.
     *
     * @throws IllegalArgumentException if the recipe observes neither images nor sentences
     * @throws IllegalStateException if answers differ
     */
    public Result run(Device device) {
        boolean writes = GeneratedTraining.isOfSentences(config.recipe());
        if (config.pixels().isEmpty() && !writes) {
            throw new IllegalArgumentException("inference is measured on images and sentences, and "
                    + config.recipe().name()
                    + " observes neither; choose another recipe, or measure its training by bench train");
        }
        int size = config.training().batch();
        try (Scope scope = Scope.open("benchmark")) {
            DataSource data = GeneratedTraining.data(config.recipe());
            LatentVariableModel model = config.recipe()
                    .compose(data.spec(), new Initializer(Rng.seeded(config.seed(), device), device))
                    .model();
            Batch batch = GeneratedTraining.examples(config, data, device).range(0, size, Rng.seeded(1, device));
            Generator generator = new Generator(model, data.spec(), device);
            Map<String, HostArray> codes = generator.codes(batch);
            Map<String, HostArray> labels = new LinkedHashMap<>();
            model.signature()
                    .conditions()
                    .forEach(name -> labels.put(
                            name, Objects.requireNonNull(batch.get(name)).toHost()));
            Map<String, Question> questions = new LinkedHashMap<>();
            if (!codes.isEmpty()) {
                questions.put("encode", () -> first(generator.codes(batch)).toFloats());
            }
            if (writes) {
                questions.put(
                        "write", () -> lengths(Texts.of(generator).samples(size, labels, 1, Writing.sampled(1), 1)));
            } else {
                questions.put(
                        "decode", () -> pixels(generator.decode(codes, labels)).toFloats());
            }
            questions.put("score", () -> score(model, batch, device));
            Map<String, Spread> rates = new LinkedHashMap<>();
            questions.forEach((name, question) -> rates.put(name, measured(question, size)));
            return new Result(this, device, rates);
        }
    }

    private static float[] lengths(List<String> sentences) {
        float[] lengths = new float[sentences.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = sentences.get(i).split(" ", -1).length;
        }
        return lengths;
    }

    private static HostArray first(Map<String, HostArray> codes) {
        return codes.values().iterator().next();
    }

    private static HostArray pixels(Map<String, Shown> made) {
        return ((Shown.Images) made.values().iterator().next()).pixels();
    }

    private static float[] score(LatentVariableModel model, Batch batch, Device device) {
        try (Scope scope = Scope.open("score");
                Inference use = Inference.begin()) {
            Pass pass = Pass.evaluation(Rng.seeded(1, device));
            return model.draw(batch, SAMPLES, pass).logWeights().logSumExp(0).toFloats();
        }
    }

    private Spread measured(Question question, int size) {
        float[] expected = question.answer();
        List<Double> rates = new ArrayList<>();
        for (int i = -1; i < repeats; i++) { // one to warm up
            double rate = asked(question, expected) * size;
            if (i >= 0) {
                rates.add(rate);
            }
        }
        return Spread.of(rates);
    }

    /** Questions answered a second. */
    private double asked(Question question, float[] expected) {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                rates.add(threads.submit(() -> askedByOne(question, expected)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a caller failed: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    private double askedByOne(Question question, float[] expected) {
        long began = System.nanoTime();
        long answers = 0;
        double passed = 0;
        while (passed < seconds) {
            requireSame(question.answer(), expected);
            answers++;
            passed = (System.nanoTime() - began) / 1e9;
        }
        return answers / passed;
    }

    /** Alone or among others, an operation is cut differently, and sums differ in their last bits. */
    private static void requireSame(float[] answer, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(answer[i] - expected[i]) <= 1e-4 * Math.max(1, Math.abs(expected[i])))) {
                throw new IllegalStateException(
                        "this measured nothing: the answer was " + expected[i] + ", and now is " + answer[i]);
            }
        }
    }
}
