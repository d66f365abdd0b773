package dev.elbo.train;

import dev.elbo.data.Examples;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.Surprisal;
import dev.elbo.model.LatentVariableModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a training learns of its model from held-out examples.
 *
 * @param surprisal E[−log p(z)], where only the prior of codes that are points learns: nothing else changes
 */
record Verdict(BoundEstimate bound, OptionalDouble surprisal) {
    static Verdict of(LatentVariableModel model, Stage stage, Examples examples, long seed) {
        return new Verdict(
                BoundEstimate.of(model, examples, seed),
                stage.isOfPrior() ? Surprisal.of(model, examples, seed) : OptionalDouble.empty());
    }

    /** What checkpoints are compared by, less is better. */
    double score() {
        return surprisal.orElse(bound.score());
    }

    /** By name, in nats. */
    Map<String, Double> terms() {
        Map<String, Double> terms = new LinkedHashMap<>();
        if (bound.isBound()) {
            terms.put("negElbo", bound.negElbo());
        }
        terms.put("distortion", bound.distortion());
        if (bound.isBound()) {
            terms.put("rate", bound.rate());
            terms.put("activeUnits", (double) bound.activeUnits());
        }
        surprisal.ifPresent(nats -> terms.put("surprisal", nats));
        return terms;
    }
}
