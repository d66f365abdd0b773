package dev.elbo.prior;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** A prior whose parameters may begin as codes suggest that are there already, where it is fitted after a training. */
public interface OfCodes {
    /**
     * Sets first values.
     *
     * @param codes samples of posteriors, [N, D]
     * @param rng for what is chosen at random
     */
    void begin(Tensor codes, Rng rng);
}
