package dev.elbo.likelihood;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * {@code optimal-normal}, for grey pixels: σ² is what is likeliest, the mean squared error over the pixels, examples and samples of a
 * batch. Rybkin et al. (2021), eq. 6: the distortion is D/2 log σ² + constant, so that β needs no tuning against a scale.
 *
 * <p>This is so in training, where the gradient of σ² vanishes. A held-out example must not choose its own σ²: evaluation and samples
 * have a running mean of the training batches', a buffer.
 */
record OptimalNormalLikelihood() implements PixelLikelihood {
    /** The weight of a batch in the running mean, as that of batch normalisation. */
    private static final double MOMENTUM = 0.1;

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public Head<? extends Distribution> head(String field, Initializer initial) {
        double spread = Math.exp(2 * Spread.log(field, initial, Tensor::square, 2));
        return new OptimalVariance(initial.buffer(spread));
    }

    @Override
    public String toString() {
        return "optimal-normal";
    }

    /**
     * From means to normals.
     *
     * @param variance the running mean of σ², []
     */
    private record OptimalVariance(Tensor variance) implements Head<Distribution> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(PixelLikelihood.only(output), variance.log(), EVENT_RANK);
        }

        @Override
        public Distribution of(Tensor output, Pass pass) {
            return pass.training() ? new Fitted(of(output), variance) : of(output);
        }
    }

    /** Normals around means, whose variance is that of what is scored. */
    private record Fitted(DiagonalNormal usual, Tensor running) implements Distribution {
        @Override
        public Tensor logProb(Tensor value) {
            Tensor loc = usual.loc();
            Tensor variance = value.minus(loc.detach()).square().mean().clamp(Spread.ROUNDING * Spread.ROUNDING, 1e6);
            running.lerpInPlace(variance, MOMENTUM);
            return new DiagonalNormal(loc, variance.log(), EVENT_RANK).logProb(value);
        }

        @Override
        public Tensor sample(int samples, Rng rng) {
            return usual.sample(samples, rng);
        }

        @Override
        public Tensor centre() {
            return usual.centre();
        }
    }
}
