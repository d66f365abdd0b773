package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * z = m + s x with x of another distribution, so that log p(z) = log p₀((z − m) / s) − Σⱼ log sⱼ: the affine case of Dinh et al.
 * (2017), eq. 2.
 *
 * @param base of x, over vectors [batch..., D]
 * @param mean m, [D]
 * @param deviation s, positive, [D]
 */
public record Rescaled(Distribution base, Tensor mean, Tensor deviation) implements Distribution {
    @Override
    public Tensor logProb(Tensor value) {
        Tensor x = value.minus(mean).over(deviation);
        return base.logProb(x).minus(deviation.log().sum());
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** x at that temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            return of(base.sample(samples, temperature, rng));
        }
    }

    /** Where the base's centre comes to lie. */
    @Override
    public Tensor centre() {
        return of(base.centre());
    }

    private Tensor of(Tensor x) {
        return mean.plus(x.times(deviation));
    }
}
