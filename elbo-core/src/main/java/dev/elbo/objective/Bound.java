package dev.elbo.objective;

import dev.elbo.model.Draw;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts of the negative evidence lower bound of a batch, averaged over its examples, in nats, of rank 0: what every
 * objective begins with, and logs.
 *
 * @param distortion E_q[−log p(x|z)]
 * @param rate KL(q(z|x) ‖ p(z))
 */
record Bound(Tensor distortion, Tensor rate) {
    /**
     * Of a draw.
     *
     * @throws IllegalArgumentException if a posterior is a point, and has no rate
     */
    static Bound of(Draw draw) {
        if (!draw.hasBound()) {
            throw new IllegalArgumentException(
                    "the evidence lower bound needs posteriors with a width, and codes of this"
                            + " model are points. Set posterior=normal, or choose a recipe that needs none: ae, rae or wae");
        }
        return new Bound(draw.mean(draw.logLikelihood()).negate(), draw.mean(draw.kl()));
    }

    /** What is known of a draw by name, to be added to: its distortion, and the bound if it has one. */
    static Map<String, Tensor> termsOf(Draw draw) {
        return draw.hasBound()
                ? of(draw).terms()
                : new LinkedHashMap<>(
                        Map.of("distortion", draw.mean(draw.logLikelihood()).negate()));
    }

    Tensor negElbo() {
        return distortion.plus(rate);
    }

    /** By name, to be added to: {@code negElbo}, {@code distortion}, {@code rate}. */
    Map<String, Tensor> terms() {
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("negElbo", negElbo());
        terms.put("distortion", distortion);
        terms.put("rate", rate);
        return terms;
    }

    /** And of another bound of log p(x), which is what is minimised: {@code negBound}. */
    Map<String, Tensor> terms(Tensor bound) {
        Map<String, Tensor> terms = terms();
        terms.put("negBound", bound.negate());
        return terms;
    }
}
