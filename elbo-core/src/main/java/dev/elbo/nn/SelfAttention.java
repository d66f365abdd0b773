package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Places of a map look at each other: x + out(softmax(q kᵀ / √d) v), with one head over [C, H, W]. Vaswani et al. (2017), eq. 1;
 * Zhang et al. (2019), section 3. Time and memory grow with the square of H · W.
 *
 * @param norm of x, before it is looked at
 * @param looks from C to q, k and v, [3 C]
 * @param out from C to C, 0 at first: a new block changes nothing
 */
public record SelfAttention(GroupNorm norm, Conv2d looks, Conv2d out) implements Layer {
    private static final int PARTS = 3;

    /** With initial weights. */
    public static SelfAttention of(long channels, Initializer initial) {
        Conv2d out = Conv2d.of(channels, channels, 1, 1, 0, initial);
        out.weight().detach().fill(0);
        return new SelfAttention(
                GroupNorm.of(1, channels, initial), Conv2d.of(channels, PARTS * channels, 1, 1, 0, initial), out);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Shape shape = x.shape(); // [..., C, H, W]
        long channels = x.size(-3);
        Tensor parts = looks.forward(norm.forward(x, pass), pass); // [..., 3 C, H, W]
        Tensor places = parts.reshape(
                shape.dropLast(3).append(PARTS * channels, shape.last(2).elements())); // [..., 3 C, N]
        Tensor q = places.narrow(-2, 0, channels);
        Tensor k = places.narrow(-2, channels, channels);
        Tensor v = places.narrow(-2, 2 * channels, channels);
        Tensor weights =
                q.transpose(-2, -1).matmul(k).over(Math.sqrt((double) channels)).softmax(-1); // [..., N, N]
        Tensor seen = v.matmul(weights.transpose(-2, -1)); // [..., C, N]
        return x.plus(out.forward(seen.reshape(shape), pass));
    }
}
