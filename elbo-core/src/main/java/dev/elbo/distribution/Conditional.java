package dev.elbo.distribution;

import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * p(· | parents): a module whose output is a distribution. Prior p(z|y), posterior q(z|x, y) and
 * likelihood p(x|z, y) are all one of these.
 *
 * @param <D> the family of the distribution
 */
public interface Conditional<D extends RandomVariable> extends Module {

    /** The distribution given its parents, in the order of the model's graph. */
    D given(Pass pass, Tensor... parents);

    /**
     * Told, in a pass of training, which values were met, to keep running figures of them; none are kept unless it says so.
     *
     * @param values [..., event...]
     */
    default void observe(Tensor values) {}
}
