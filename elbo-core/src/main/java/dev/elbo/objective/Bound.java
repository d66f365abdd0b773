package dev.elbo.objective;

import dev.elbo.model.Draw;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the negative evidence lower bound of a draw is made of, in nats of rank 0.
 *
 * @param distortion E_q[−log p(x|z)]
 * @param rate KL(q(z|x) ‖ p(z)), exact where there is a closed form
 */
record Bound(Tensor distortion, Tensor rate) {
    static Bound of(Draw draw) {
        return new Bound(draw.mean(draw.logLikelihood()).negate(), draw.mean(draw.kl()));
    }

    /** Distortion + rate. */
    Tensor negElbo() {
        return distortion.plus(rate);
    }

    /** The terms that every objective logs; others are added behind them. */
    Map<String, Tensor> terms() {
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("negElbo", negElbo());
        terms.put("distortion", distortion);
        terms.put("rate", rate);
        return terms;
    }
}
