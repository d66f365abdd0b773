package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One example's way through a model, x → q(z|x) → z → p(x|z), and beside it the codes of many: the rate of each dimension, the histogram of
 * the aggregate posterior, that of the prior.
 *
 * @param one the example
 * @param many held-out examples
 */
record Way(Handles handles, Examples one, Examples many) {
    /** How many examples are looked at beside it. */
    static final int EXAMPLES = 256;

    private static final int SAMPLES = 64;
    private static final int PRIOR_DRAWS = 8;
    private static final int BINS = 45;
    private static final double REACH = 4.5;
    private static final long SEED = 7;

    ObjectNode toJson() {
        List<String> vectors = handles.vectors().stream().map(Variable::name).toList();
        if (vectors.isEmpty()) {
            throw Refusal.conflict(
                    "the model's latents are no vectors, so that an example's way has no dimensions to show");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        try (Scope work = Scope.open("way");
                Inference use = Inference.begin()) {
            example(vectors, json);
            others(vectors, json);
        }
        return json;
    }

    private void example(List<String> vectors, ObjectNode json) {
        Rng rng = Rng.seeded(SEED, Device.CPU);
        Batch batch = one.range(0, 1, rng);
        Draw draw = handles.generator().model().draw(batch, SAMPLES, Pass.evaluation(rng));
        json.put("distortion", -draw.mean(draw.logLikelihood()).item());
        if (draw.hasBound()) {
            json.put("rate", draw.mean(draw.kl()).item());
        }
        ArrayNode means = json.putArray("means");
        ArrayNode scales = json.putArray("scales");
        ArrayNode z = json.putArray("z");
        ArrayNode rates = json.putArray("rates");
        for (Latent latent : chosen(draw, vectors)) {
            float[] values = latent.value().toFloats(); // [K, 1, D]
            int width = values.length / (int) latent.value().size(0);
            moments(latent, values, width, means, scales);
            for (int d = 0; d < width; d++) {
                z.add(values[d]);
            }
            addRates(draw, latent, rates);
        }
        handles.picture().ifPresent(field -> pictures(field, batch, draw, json));
    }

    private static List<Latent> chosen(Draw draw, List<String> vectors) {
        return draw.latents().stream()
                .filter(latent -> vectors.contains(latent.name()))
                .toList();
    }

    /** μ and σ of q(z|x): exact of a normal, else those of its samples. */
    private static void moments(Latent latent, float[] values, int width, ArrayNode means, ArrayNode scales) {
        boolean isExact = latent.posterior() instanceof DiagonalNormal && !latent.isBelowAnother();
        int count = values.length / width;
        float[] loc = isExact ? ((DiagonalNormal) latent.posterior()).loc().toFloats() : new float[0];
        float[] logVar =
                isExact ? ((DiagonalNormal) latent.posterior()).logVar().toFloats() : new float[0];
        for (int d = 0; d < width; d++) {
            double mean = 0;
            double square = 0;
            for (int k = 0; k < count; k++) {
                mean += values[k * width + d] / (double) count;
                square += (double) values[k * width + d] * values[k * width + d] / count;
            }
            means.add(isExact ? loc[d] : mean);
            scales.add(isExact ? Math.exp(logVar[d] / 2) : Math.sqrt(Math.max(0, square - mean * mean)));
        }
    }

    /** The mean divergence of each dimension, where it has one. */
    private static void addRates(Draw draw, Latent latent, ArrayNode rates) {
        Optional<Tensor> nats = latent.hasRate() ? latent.klPerDimension() : Optional.empty();
        nats.map(figures -> draw.expectation(figures, 1).mean(0).toFloats()).ifPresent(each -> {
            for (float rate : each) {
                rates.add(rate);
            }
        });
    }

    /** The example, and what the model makes of its first sample. */
    private void pictures(String field, Batch batch, Draw draw, ObjectNode json) {
        Map<String, HostArray> first = new LinkedHashMap<>();
        for (Latent latent : draw.latents()) {
            HostArray all = latent.value().toHost(); // [K, 1, event...]
            long[] sizes = all.shape().sizes();
            long[] event = Arrays.copyOfRange(sizes, 1, sizes.length);
            first.put(latent.name(), all.rows(0, 1).reshape(event));
        }
        Map<String, HostArray> conditions = new LinkedHashMap<>();
        handles.generator()
                .model()
                .signature()
                .conditions()
                .forEach(name -> conditions.put(name, batch.get(name).toHost()));
        Shown given = Generator.show(
                handles.generator().spec().field(field),
                Objects.requireNonNull(batch.get(field)).toHost());
        json.put("x", base64(given.pictures().orElseThrow()));
        json.put("made", base64(handles.pictures(handles.generator().decode(first, conditions))));
    }

    private static String base64(HostArray pictures) {
        return Base64.getEncoder().encodeToString(PictureBytes.of(pictures));
    }

    private void others(List<String> vectors, ObjectNode json) {
        Rng rng = Rng.seeded(SEED, Device.CPU);
        Draw draw = handles.generator().model().draw(many.range(0, many.size(), rng), 1, Pass.evaluation(rng));
        json.put("examples", many.size()).put("from", -REACH).put("to", REACH);
        ArrayNode rates = json.putArray("meanRates");
        ArrayNode aggregate = json.putArray("aggregate");
        ArrayNode prior = json.putArray("prior");
        for (Latent latent : chosen(draw, vectors)) {
            addRates(draw, latent, rates);
            int width = (int) latent.value().shape().last(1).elements();
            histograms(List.of(latent.value()), width, aggregate);
            histograms(
                    IntStream.range(0, PRIOR_DRAWS)
                            .mapToObj(i -> latent.samplePrior(rng))
                            .toList(),
                    width,
                    prior);
        }
    }

    /** The densities of each dimension in bins of one width from −4.5 to 4.5. */
    private static void histograms(List<Tensor> draws, int width, ArrayNode all) {
        double[][] counts = new double[width][BINS];
        long rows = draws.stream()
                .mapToLong(draw -> draw.shape().elements() / width)
                .sum();
        for (Tensor draw : draws) {
            float[] values = draw.toFloats();
            for (int i = 0; i < values.length; i++) {
                int bin = (int) Math.floor((values[i] + REACH) / (2 * REACH) * BINS);
                if (bin >= 0 && bin < BINS) {
                    counts[i % width][bin] += BINS / (2 * REACH * rows);
                }
            }
        }
        for (double[] dimension : counts) {
            ArrayNode bins = all.addArray();
            for (double density : dimension) {
                bins.add((float) density);
            }
        }
    }
}
