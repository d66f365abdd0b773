package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LogLikelihood;

/**
 * The figures of a model on a split.
 *
 * @param split {@code test}, {@code validation} or {@code train}
 * @param step the checkpoint that was evaluated
 * @param pixels their treatment, without which nats are not comparable
 * @param seconds how long it took
 */
public record Evaluation(
        String split, long step, BoundEstimate bound, LogLikelihood likelihood, Pixels pixels, double seconds) {

    /** As {@code evaluate --json} prints it and {@code evaluation.json} keeps it; nats per example. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("split", split);
        json.put("step", step);
        json.put("points", bound.points());
        json.put("pixels", pixels.toString());
        json.put("negElbo", bound.negElbo());
        json.put("distortion", bound.distortion());
        json.put("rate", bound.rate());
        json.put("nll", likelihood.nll());
        json.put("nllSamples", likelihood.samples());
        json.set("nllStandardError", number(likelihood.standardError()));
        json.put("activeUnits", bound.activeUnits());
        for (double kl : bound.ratePerDimension()) {
            json.withArray("klPerDimension").add(kl);
        }
        json.put("seconds", seconds);
        return json;
    }

    /** JSON has no infinity: null, for the standard error of a single example. */
    private static JsonNode number(double value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Double.isFinite(value) ? nodes.numberNode(value) : nodes.nullNode();
    }
}
