package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * z = m + L x with x of another distribution, so that log p(z) = log p₀(L⁻¹ (z − m)) − log |L|: the affine case of Dinh et al. (2017),
 * eq. 2. Of N(0, I) it is N(m, L Lᵀ).
 *
 * @param base of x, over vectors [batch..., D]
 * @param frame N(m, L Lᵀ), [D]
 */
public record Affine(Distribution base, FullNormal frame) implements Distribution {
    @Override
    public Tensor logProb(Tensor value) {
        return base.logProb(frame.whitened(value)).minus(frame.logDeterminant());
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** x at that temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            return frame.of(base.sample(samples, temperature, rng));
        }
    }

    /** Where the base's centre comes to lie. */
    @Override
    public Tensor centre() {
        return frame.of(base.centre());
    }
}
