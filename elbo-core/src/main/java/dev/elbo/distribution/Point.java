package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A value that is certain: all mass lies on it. What an encoder says that draws nothing, as a vector quantiser does, van den
 * Oord et al. (2017), eq. 1, or a deterministic autoencoder. Among real numbers it has no density, and its divergence from a
 * distribution that has one is infinite.
 *
 * @param value [batch..., event...], real numbers or INT64
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Point(Tensor value, int eventRank) implements Reparameterised {
    @Override
    public Tensor centre() {
        return value;
    }

    /** The one sample, however many are asked for. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        return sample();
    }

    @Override
    public Point detached() {
        return new Point(value.detach(), eventRank);
    }

    /** Whether its divergence from a distribution is a number: it is one of codes or classes. */
    public boolean hasMass() {
        return !value.dtype().isFloatingPoint();
    }

    /** The one sample that all others would repeat, [1, batch..., event...]; the logarithm of its mass is 0. */
    public Scored sample() {
        long[] batch = value.shape().dropLast(eventRank).prepend(1).sizes();
        return new Scored(value.unsqueeze(0), () -> Tensor.zeros(value.device(), batch));
    }
}
