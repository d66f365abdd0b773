package dev.elbo.objective;

import dev.elbo.model.Draw;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a step minimises, and what it is made of.
 *
 * @param total of rank 0, with gradients
 * @param terms to be logged by name, in nats unless the name says otherwise, of rank 0
 */
public record Loss(Tensor total, Map<String, Tensor> terms) {

    /** With what the model of a draw brings along. */
    static Loss of(Draw draw, Tensor total, Map<String, Tensor> terms) {
        Map<String, Tensor> all = new LinkedHashMap<>(terms);
        all.putAll(draw.penalties());
        return new Loss(draw.penalised(total), all);
    }

    /** With that of someone who learns beside the model, which is no part of {@code loss}. */
    Loss beside(Tensor other, Map<String, Tensor> more) {
        Map<String, Tensor> all = new LinkedHashMap<>(terms);
        all.putAll(new TreeMap<>(more)); // in one order, whatever that of the map
        return new Loss(total.plus(other), all);
    }

    /**
     * What reconstructions cost, E[−log p(x|z)], and further terms.
     *
     * @param penalties by name, of rank 0, weighted
     */
    static Loss ofDistortion(Draw draw, Map<String, Tensor> penalties) {
        Map<String, Tensor> terms = Bound.termsOf(draw);
        Tensor distortion = Objects.requireNonNull(terms.get("distortion"));
        Tensor total = draw.penalised(penalties.values().stream().reduce(distortion, Tensor::plus));
        terms.putAll(penalties);
        terms.putAll(draw.penalties());
        terms.put("loss", total);
        return new Loss(total, terms);
    }
}
