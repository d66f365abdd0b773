package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.evaluate.SentenceEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a model on a split.
 *
 * @param split {@code test}, {@code validation} or {@code train}
 * @param step the checkpoint that was evaluated
 * @param likelihood empty for a model whose codes are points, which has none
 * @param measures what else was measured of this model, by name
 * @param dimensions of an image, where p(x|z) gives images probabilities; empty where it is a density, or of other things
 * @param pixels their treatment, without which nats are not comparable; empty if there are none
 * @param warnings what is wrong with the model by these figures, and what to try: sentences without a full stop
 * @param seconds how long it took
 */
public record Evaluation(
        String split,
        long step,
        BoundEstimate bound,
        Optional<LogLikelihood> likelihood,
        Map<String, JsonNode> measures,
        Optional<Long> dimensions,
        Optional<Pixels> pixels,
        List<String> warnings,
        double seconds) {

    /** Copies what was measured. */
    public Evaluation {
        measures = new LinkedHashMap<>(measures);
        warnings = List.copyOf(warnings);
    }

    /** As {@code evaluate --json} prints it and {@code evaluation.json} keeps it; nats per example. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("split", split);
        json.put("step", step);
        json.put("points", bound.points());
        pixels.ifPresent(treatment -> json.put("pixels", treatment.toString()));
        if (bound.isBound()) {
            json.put("negElbo", bound.negElbo());
        }
        json.put("distortion", bound.distortion());
        if (bound.isBound()) {
            json.put("rate", bound.rate());
        }
        likelihood.ifPresent(estimate -> {
            json.put("nll", estimate.nll());
            json.put("nllSamples", estimate.samples());
            json.set("nllStandardError", number(estimate.standardError()));
        });
        bitsPerDimension().ifPresent(bits -> json.put("bitsPerDimension", bits));
        perplexity().ifPresent(perplexity -> json.put("perplexity", perplexity));
        if (bound.isBound()) {
            json.put("activeUnits", bound.activeUnits());
        }
        for (double kl : bound.ratePerDimension()) {
            json.withArray("klPerDimension").add(kl);
        }
        bound.latents().forEach(latent -> json.withArray("latents").add(toJson(latent)));
        measures.forEach(json::set);
        warnings.forEach(json.putArray("warnings")::add);
        json.put("seconds", seconds);
        return json;
    }

    /** −log₂ p(x) of an image by its pixels and channels, by the estimate of log p(x) that there is. */
    public Optional<Double> bitsPerDimension() {
        return dimensions.flatMap(count -> likelihood.map(estimate -> estimate.nll() / (count * Math.log(2))));
    }

    /** exp(−log p(x) / tokens) of a model of sentences. */
    public Optional<Double> perplexity() {
        return Optional.ofNullable(measures.get(SentenceEstimate.SENTENCES))
                .flatMap(sentences -> likelihood.map(estimate ->
                        Math.exp(estimate.nll() / sentences.path("tokens").asDouble())));
    }

    private static ObjectNode toJson(LatentEstimate latent) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", latent.name());
        if (!Double.isNaN(latent.rate())) {
            json.put("rate", latent.rate());
            json.put("activeUnits", latent.activeUnits());
        }
        latent.ratePerDimension().forEach(json.putArray("klPerDimension")::add);
        return json;
    }

    /** The rates of latents that an evaluation was kept with; none of one that does not say them. */
    static List<LatentEstimate> latents(JsonNode evaluation) {
        List<LatentEstimate> latents = new ArrayList<>();
        for (JsonNode latent : evaluation.path("latents")) {
            List<Double> rates = new ArrayList<>();
            latent.path("klPerDimension").forEach(rate -> rates.add(rate.asDouble()));
            latents.add(new LatentEstimate(
                    latent.path("name").asText(),
                    latent.path("rate").asDouble(Double.NaN),
                    rates,
                    latent.path("activeUnits").asInt()));
        }
        return latents;
    }

    /** JSON has no infinity: null, for the standard error of a single example. */
    private static JsonNode number(double value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Double.isFinite(value) ? nodes.numberNode(value) : nodes.nullNode();
    }
}
