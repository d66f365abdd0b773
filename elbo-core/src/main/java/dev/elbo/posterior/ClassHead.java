package dev.elbo.posterior;

import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Head;
import dev.elbo.tensor.Tensor;

/** [..., C] as the logits of one of C classes. */
public record ClassHead() implements Head<Categorical> {
    @Override
    public Categorical of(Tensor output) {
        return new Categorical(output, 0);
    }
}
