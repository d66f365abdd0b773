package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** Which class comes next in a sequence, given those before it: what an autoregressive network says. */
public interface Successor {
    /**
     * The logits of every element's class, given the elements before it.
     *
     * @param values INT64 [..., T]
     * @return [..., T, M]; those of an element do not change with that element or with later ones
     */
    Tensor logits(Tensor values);

    /**
     * The logits of the class that follows a beginning. A network that need not look at the whole of it again is faster.
     *
     * @param beginning INT64 [..., t], which may be empty
     * @return [..., M]
     */
    default Tensor next(Tensor beginning) {
        Shape one = beginning.shape().dropLast(1).append(1);
        Tensor unknown = Tensor.zeros(DType.INT64, beginning.device(), one);
        return logits(Tensor.cat(-1, beginning, unknown)).get(-2, beginning.size(-1));
    }
}
