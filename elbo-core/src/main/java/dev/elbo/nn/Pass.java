package dev.elbo.nn;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * One pass through a network: for training or for use, and with which noise.
 *
 * @param training whether dropout drops and normalisation uses the batch's own statistics
 * @param rng the noise of this pass
 */
public record Pass(boolean training, Rng rng) {

    /** A pass of a training step. */
    public static Pass training(Rng rng) {
        return new Pass(true, rng);
    }

    /** A pass of evaluation or generation: layers are deterministic, latents are sampled. */
    public static Pass evaluation(Rng rng) {
        return new Pass(false, rng);
    }

    /** A pass in which nothing may be random: encoding and decoding by means. */
    public static Pass deterministic() {
        return new Pass(false, NO_NOISE);
    }

    private static final Rng NO_NOISE = new Rng() {
        @Override
        public Tensor normal(Shape shape) {
            throw refusal();
        }

        @Override
        public Tensor uniform(Shape shape) {
            throw refusal();
        }

        private IllegalStateException refusal() {
            return new IllegalStateException("noise was asked for in a deterministic pass; use Pass.evaluation(rng)");
        }
    };
}
