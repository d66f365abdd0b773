package dev.elbo.generate;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** Ways through latent space: from points to the points between or around them. */
public final class LatentPath {
    private LatentPath() {}

    /** On the straight line from a to b, both [D]: [steps, D], the ends included. */
    public static Tensor linear(Tensor a, Tensor b, int steps) {
        return path(steps, t -> a.times(1 - t).plus(b.times(t)));
    }

    /**
     * On the arc from a to b, both [D]: [steps, D], the ends included. In many dimensions a normal prior
     * lies near a sphere, which a straight line leaves. White (2016), section 2.1.
     */
    public static Tensor spherical(Tensor a, Tensor b, int steps) {
        double cosine = a.times(b).sum().item() / (a.norm().item() * b.norm().item());
        double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
        if (Math.sin(angle) < 1e-4) {
            // (anti)parallel: the arc is a line, or not determined
            return linear(a, b, steps);
        }
        return path(
                steps,
                t -> a.times(Math.sin((1 - t) * angle) / Math.sin(angle))
                        .plus(b.times(Math.sin(t * angle) / Math.sin(angle))));
    }

    private static Tensor path(int steps, DoubleFunction<Tensor> at) {
        if (steps < 2) {
            throw new IllegalArgumentException("a path has two ends, so at least 2 steps; got " + steps);
        }
        return Tensor.stack(
                0,
                IntStream.range(0, steps)
                        .mapToObj(i -> at.apply((double) i / (steps - 1)))
                        .toArray(Tensor[]::new));
    }

    /** Through z, [D], along one dimension from one value to another: [steps, D]. */
    public static Tensor traversal(Tensor z, int dim, double from, double to, int steps) {
        Tensor axis =
                Tensor.arange(z.size(0), z.device()).equalTo(constant(dim, z)).to(z.dtype());
        Tensor centre = z.times(axis.negate().plus(1));
        return path(steps, t -> centre.plus(axis.times(from + (to - from) * t)));
    }

    private static Tensor constant(int dim, Tensor z) {
        return Tensor.arange(1, z.device()).plus(dim);
    }

    /**
     * A grid over two dimensions whose lines are equally likely under N(0, I): [side · side, 2], the first
     * dimension from left to right, the second from bottom to top. Kingma and Welling (2014), appendix A.
     */
    public static Tensor manifold(int side, Device device) {
        float[] points = new float[side * side * 2];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                points[2 * (row * side + column)] = quantile(column, side);
                points[2 * (row * side + column) + 1] = quantile(side - 1 - row, side);
            }
        }
        return Tensor.of(points, (long) side * side, 2).to(device);
    }

    /** The normal quantile at the middle of the i-th of n equally likely parts. */
    private static float quantile(int i, int n) {
        double p = (i + 0.5) / n;
        Tensor erfInverse = Tensor.of(new float[] {(float) (2 * p - 1)}, 1).erfInverse();
        return (float) (Math.sqrt(2) * erfInverse.item());
    }
}
