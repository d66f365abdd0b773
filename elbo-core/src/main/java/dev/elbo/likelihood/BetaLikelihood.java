package dev.elbo.likelihood;

import dev.elbo.distribution.Beta;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * {@code beta}, for grey pixels between 0 and 1. At the ends the density is 0 or infinite, so that pixels are moved inwards, by half
 * of a level of 256 at most, before they are scored.
 */
record BetaLikelihood() implements PixelLikelihood {
    private static final double HALF_LEVEL = 0.5 / 255;

    /** Of α and β: a smaller one puts all mass on an end. */
    private static final double LEAST = 0.01;

    @Override
    public int parameters() {
        return 2;
    }

    @Override
    public Head<Distribution> head(String field, Initializer initial) {
        return new Shapes();
    }

    @Override
    public String toString() {
        return "beta";
    }

    private record Shapes() implements Head<Distribution> {
        @Override
        public Distribution of(Tensor output) {
            Tensor positive = output.softplus().plus(LEAST); // [..., 2, C, H, W]
            return new Inwards(new Beta(positive.get(PARAMETERS, 0), positive.get(PARAMETERS, 1), EVENT_RANK));
        }
    }

    /** A Beta that scores what lies at the ends as what lies half a level off them. */
    private record Inwards(Beta beta) implements Distribution {
        @Override
        public Tensor logProb(Tensor value) {
            return beta.logProb(value.clamp(HALF_LEVEL, 1 - HALF_LEVEL));
        }

        @Override
        public Tensor sample(int samples, Rng rng) {
            return beta.sample(samples, rng);
        }

        @Override
        public Tensor centre() {
            return beta.centre();
        }
    }
}
