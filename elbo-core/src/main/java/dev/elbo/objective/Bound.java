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
    static Bound of(Draw draw) {
        return new Bound(draw.mean(draw.logLikelihood()).negate(), draw.mean(draw.kl()));
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
}
