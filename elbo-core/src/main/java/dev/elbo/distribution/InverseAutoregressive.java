package dev.elbo.distribution;

import dev.elbo.nn.AutoregressiveStep;
import dev.elbo.nn.Bijection;
import dev.elbo.nn.Copy;
import dev.elbo.tensor.Tensor;

/**
 * A step whose weights all examples share, and whose context is the example's. Kingma et al. (2016), algorithm 1.
 *
 * @param step how a dimension moves by those before it and by the context
 * @param context [batch..., C]
 */
public record InverseAutoregressive(AutoregressiveStep step, Tensor context) implements Transformation {
    @Override
    public Bijection.Image of(Tensor z) {
        return step.forward(z, context);
    }

    @Override
    public InverseAutoregressive detached() {
        return new InverseAutoregressive(Copy.frozen(step), context.detach());
    }
}
