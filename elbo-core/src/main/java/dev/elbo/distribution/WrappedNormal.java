package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A normal that is wrapped onto the Poincaré ball of curvature −1, vectors shorter than 1: v of N(0, diag(exp(logVar))) in the plane
 * that touches the ball's centre is carried to μ, and followed along a geodesic: z = μ ⊕ tanh(|v|/2) v/|v|. Nagano et al. (2019),
 * section 3; on the ball, Mathieu et al. (2019), section 3.2.
 *
 * <p>Densities are with respect to the ball's own volume, (2 / (1 − |z|²))^D dz.
 *
 * @param loc μ, shorter than 1, [batch..., D]
 * @param logVar logarithm of v's variance, [batch..., D]
 */
public record WrappedNormal(Tensor loc, Tensor logVar) implements Pathwise {
    /** A distance of 0 has no gradient. */
    private static final double TINY = 1e-12;

    /** The longest vector, 12 from the centre: the border itself is infinitely far. */
    private static final double LONGEST = 1 - 1e-5;

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor epsilon = Noise.normal(loc, samples, rng);
        Tensor v = logVar.times(0.5).exp().times(epsilon);
        return new Scored(inside(sum(loc, ofTangent(v))), () -> logDensity(v));
    }

    /** The point that a vector at the centre leads to, tanh(|v|/2) v/|v|. */
    public static Tensor ofTangent(Tensor v) {
        Tensor length = length(v);
        return v.times(length.times(0.5).tanh().over(length));
    }

    private static Tensor length(Tensor v) {
        return v.square().sum(-1).unsqueeze(-1).plus(TINY).sqrt();
    }

    /** Möbius' sum, ((1 + 2 x·y + |y|²) x + (1 − |x|²) y) / (1 + 2 x·y + |x|² |y|²). */
    private static Tensor sum(Tensor x, Tensor y) {
        Tensor twice = x.times(y).sum(-1).unsqueeze(-1).times(2);
        Tensor xx = x.square().sum(-1).unsqueeze(-1);
        Tensor yy = y.square().sum(-1).unsqueeze(-1);
        Tensor ofX = twice.plus(yy).plus(1);
        Tensor ofY = xx.negate().plus(1);
        return ofX.times(x).plus(ofY.times(y)).over(twice.plus(xx.times(yy)).plus(1));
    }

    private static Tensor inside(Tensor z) {
        Tensor shrink = length(z).reciprocal().times(LONGEST).clamp(0, 1);
        return z.times(shrink);
    }

    /** log N(v; 0, diag(exp(logVar))) + (D − 1) log(r / sinh r) with r = |v|: geodesics part from each other. */
    private Tensor logDensity(Tensor v) {
        Tensor r = length(v).squeeze(-1);
        // log sinh r = r + log((1 − exp(−2r)) / 2)
        Tensor logSinh = r.plus(r.times(-2).expm1().negate().log()).minus(Math.log(2));
        Tensor spread = r.log().minus(logSinh).times(loc.size(-1) - 1.0);
        return new DiagonalNormal(logVar.zerosLike(), logVar, 1).logProb(v).plus(spread);
    }

    /** The log-density of v = 2 artanh|y| y/|y| with y = −μ ⊕ z. */
    @Override
    public Tensor logProb(Tensor value) {
        Tensor y = inside(sum(loc.negate(), value));
        Tensor length = length(y);
        Tensor distance = length.log1p().minus(length.negate().log1p());
        return logDensity(y.times(distance.over(length)));
    }

    /** μ, from which all directions are alike. */
    @Override
    public Tensor centre() {
        return loc;
    }

    /** With scales times T. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return temperature == 0
                ? loc.expand(loc.shape().prepend(samples)).detach()
                : new WrappedNormal(loc, logVar.plus(2 * Math.log(temperature))).sample(samples, rng);
    }

    @Override
    public WrappedNormal detached() {
        return new WrappedNormal(loc.detach(), logVar.detach());
    }
}
