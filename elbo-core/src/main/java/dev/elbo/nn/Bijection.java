package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.function.Function;

/**
 * An invertible map of vectors [..., D] whose Jacobian has a determinant that is cheap: a layer of a flow. It has no chance
 * and no mode.
 */
public interface Bijection extends Module {

    /** y = f(x), with log |det ∂y/∂x|. */
    Image forward(Tensor x);

    /** x = f⁻¹(y), with log |det ∂x/∂y|. */
    Image inverse(Tensor y);

    /**
     * Where a point was moved.
     *
     * @param value [..., D]
     * @param logDeterminant the logarithm of the Jacobian's absolute determinant there, [...]
     */
    record Image(Tensor value, Tensor logDeterminant) {
        /** A point that was not moved yet. */
        public static Image of(Tensor x) {
            return new Image(x, x.detach().get(-1, 0).zerosLike());
        }

        /** Moved once more. */
        public Image then(Function<Tensor, Image> map) {
            Image next = map.apply(value);
            return new Image(next.value, logDeterminant.plus(next.logDeterminant));
        }
    }
}
