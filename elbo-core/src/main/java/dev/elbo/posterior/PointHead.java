package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.Point;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * [..., D] as a code that is certain: the encoder of a deterministic autoencoder.
 *
 * @param squashed whether the code is the numbers' sigmoid, from 0 to 1
 */
public record PointHead(boolean squashed) implements Head<Point> {
    @Override
    public Point of(Tensor output) {
        return new Point(squashed ? output.sigmoid() : output, 1);
    }

    /** As an option: {@code point}, or {@code sigmoid-point} for codes from 0 to 1. */
    public record Kind(boolean squashed) implements PosteriorKind {
        @Override
        public int parameters(int dims) {
            return dims;
        }

        @Override
        public PointHead head(int dims, Initializer initial) {
            return new PointHead(squashed);
        }

        @Override
        public String toString() {
            return squashed ? "sigmoid-point" : "point";
        }
    }
}
