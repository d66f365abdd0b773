package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** Sequences that are written token by token, in one of several ways. */
public interface Written extends Distribution {

    /**
     * Writes sequences.
     *
     * @return INT64 [samples, batch..., longest], 0 behind the end of each
     */
    Tensor write(int samples, Writing how, Rng rng);

    @Override
    default Tensor sample(int samples, Rng rng) {
        return write(samples, Writing.sampled(1), rng);
    }

    /** Each token is drawn from the probabilities to the power of 1/T; at 0 it is the likeliest. */
    @Override
    default Tensor sample(int samples, double temperature, Rng rng) {
        return write(samples, temperature == 0 ? Writing.greedy() : Writing.sampled(temperature), rng);
    }
}
