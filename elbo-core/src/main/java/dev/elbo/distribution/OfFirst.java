package dev.elbo.distribution;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/** A conditional on the first of several parents, which does not look at the rest. */
public record OfFirst<D extends RandomVariable>(Conditional<D> conditional, int parents) implements Conditional<D> {
    @Override
    public D given(Pass pass, Tensor... all) {
        return conditional.given(pass, Arrays.copyOf(all, parents));
    }
}
