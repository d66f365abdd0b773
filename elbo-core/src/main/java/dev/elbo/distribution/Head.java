package dev.elbo.distribution;

import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * What the numbers at a network's end mean: parameters of a distribution. A head may have parameters
 * of its own, such as a scale shared by all pixels.
 *
 * @param <D> the family of the distribution
 */
public interface Head<D extends RandomVariable> extends Module {

    /** The distribution with these parameters. */
    D of(Tensor output);

    /** The same in a pass, where a head acts in training otherwise than in use. */
    default D of(Tensor output, Pass pass) {
        return of(output);
    }
}
