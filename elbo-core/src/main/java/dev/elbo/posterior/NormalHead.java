package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.tensor.Tensor;

/** [..., 2 D] as the means and log-variances of a diagonal normal over D dimensions. */
public record NormalHead() implements Head<DiagonalNormal> {
    @Override
    public DiagonalNormal of(Tensor output) {
        long dims = output.size(-1) / 2;
        return new DiagonalNormal(output.narrow(-1, 0, dims), output.narrow(-1, dims, dims), 1);
    }
}
