package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A batch of distributions over events. Its parameters are [batch..., event...]; log-densities are in
 * nats, natural logarithms, summed over the event's dimensions.
 */
public interface Distribution extends RandomVariable {
    /**
     * log p(value) in nats.
     *
     * @param value [..., event...], broadcast against the batch
     * @return [...]
     */
    Tensor logProb(Tensor value);

    /**
     * The log-density of each value under each of a batch of distributions, in nats.
     *
     * @param values [..., event...]
     * @param eventRank the number of dimensions of an event
     * @return [..., batch...]
     */
    default Tensor logProbUnderEach(Tensor values, int eventRank) {
        return logProb(values.unsqueeze(-eventRank - 1));
    }

    /** Independent draws, [samples, batch..., event...]; no gradient passes through them. */
    Tensor sample(int samples, Rng rng);

    /**
     * Draws that vary less or more than the distribution does. Real numbers are moved on the line through the centre:
     * centre + T (sample − centre). Families of other values say what they do.
     *
     * @param temperature T; 1 is the distribution itself, 0 its centre
     * @return [samples, batch..., event...]
     */
    default Tensor sample(int samples, double temperature, Rng rng) {
        Tensor value = sample(samples, rng);
        try (GradientMode off = GradientMode.off()) {
            return temperature == 1
                    ? value
                    : centre().plus(value.minus(centre()).times(temperature));
        }
    }
}
