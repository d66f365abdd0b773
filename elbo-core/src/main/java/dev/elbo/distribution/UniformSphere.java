package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * The uniform distribution on the sphere of vectors of length 1. Davidson et al. (2018), section 3.
 *
 * @param dims D of the vectors, 2 or more
 * @param device where samples are made
 */
public record UniformSphere(int dims, Device device) implements Pathwise {
    /** A normal vector, brought to length 1. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = unit(rng.normal(Shape.of(samples, dims)));
        return new Scored(value, () -> logProb(value));
    }

    /** A vector of the same direction and of length 1. */
    static Tensor unit(Tensor vector) {
        return vector.over(vector.square()
                .sum(-1)
                .unsqueeze(-1)
                .clamp(Float.MIN_NORMAL, Float.MAX_VALUE)
                .sqrt());
    }

    @Override
    public UniformSphere detached() {
        return this;
    }

    /** Minus the logarithm of the sphere's surface, 2 π^(D/2) / Γ(D/2). */
    @Override
    public Tensor logProb(Tensor value) {
        return value.detach().get(-1, 0).zerosLike().minus(logSurface(dims));
    }

    /** log (2 π^(D/2) / Γ(D/2)): Γ of a half of a whole number, from Γ(1/2) = √π or Γ(1) = 1 on. */
    static double logSurface(long dims) {
        double logGamma = dims % 2 == 0 ? 0 : 0.5 * Math.log(Math.PI);
        for (double x = dims % 2 == 0 ? 1 : 0.5; x < dims / 2.0; x++) {
            logGamma += Math.log(x);
        }
        return Math.log(2) + dims / 2.0 * Math.log(Math.PI) - logGamma;
    }

    /** All directions are alike, and their mean is none of them: it is the first axis. */
    @Override
    public Tensor centre() {
        return Tensor.arange(dims, device).equalTo(0).to(DType.FLOAT32);
    }

    /** Directions that are alike stay so at every temperature but 0. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return temperature == 0 ? centre().expand(Shape.of(samples, dims)) : sample(samples, rng);
    }
}
