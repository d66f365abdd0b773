package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The von Mises–Fisher distribution, on vectors of length 1: C_D(κ) exp(κ μᵀx) over the sphere's surface. Davidson et al. (2018),
 * section 3.1.
 *
 * <p>Of a draw, w = μᵀx is that of Wood (1994), with a fixed number of proposals, of which the first accepted one is taken; two
 * thirds or more are accepted, so that one in 10¹⁰ has none. Its direction around μ is that of a normal vector. The gradient
 * for κ is that of implicit reparameterisation, by an integral: the paper corrects that of the rejection sampler in expectation,
 * which varies more.
 *
 * @param loc μ, of length 1, [batch..., D], D of 2 or more
 * @param concentration κ, 0 or more, [batch..., 1]
 */
public record VonMisesFisher(Tensor loc, Tensor concentration) implements Pathwise {
    private static final int PROPOSALS = 24;
    private static final int NODES = 64;

    /** So many deviations away a density is negligible. */
    private static final double REACH = 12;

    private static final double LEAST = 1e-30;

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor height = height(samples, rng); // 1 − w, [K, batch..., 1]
        Tensor w = height.negate().plus(1);
        Tensor across = height.times(height.negate().plus(2)).sqrt(); // √(1 − w²)
        Tensor turned = Implicit.through(kappa(), () -> angleSlope(height));
        Tensor along = w.minus(across.times(turned)).to(loc.dtype());
        Tensor aside = across.plus(w.times(turned)).to(loc.dtype());
        Tensor normal = Noise.normal(loc, samples, rng);
        Tensor tangent = normal.minus(loc.times(normal.times(loc).sum(-1).unsqueeze(-1)));
        Tensor value = loc.times(along).plus(UniformSphere.unit(tangent).times(aside));
        return new Scored(value, () -> logProb(value));
    }

    private Tensor kappa() {
        return concentration.to(DType.FLOAT64);
    }

    private long dims() {
        return loc.size(-1);
    }

    /**
     * Draws of 1 − w: w itself is near 1 where κ is large. Wood (1994), with b = (D − 1) / (2κ + √(4κ² + (D − 1)²)) and the share z of
     * one of two equal Gammas: 1 − w = 2 b z / (1 − (1 − b) z).
     */
    private Tensor height(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off();
                Scope drawing = Scope.open("heights")) {
            Tensor kappa = kappa().detach();
            double m = dims() - 1.0;
            Tensor b = kappa.square()
                    .times(4)
                    .plus(m * m)
                    .sqrt()
                    .plus(kappa.times(2))
                    .reciprocal()
                    .times(m);
            Tensor half = kappa.zerosLike().plus(m / 2);
            int count = samples * PROPOSALS;
            Tensor z = GammaNoise.log(half, count, rng)
                    .minus(GammaNoise.log(half, count, rng))
                    .sigmoid();
            Tensor rest = z.times(b.minus(1)).plus(1); // 1 − (1 − b) z
            Tensor height = z.times(b).times(2).over(rest);
            // κ w + m log(1 − x₀ w) − κ x₀ − m log(1 − x₀²), with x₀ = (1 − b) / (1 + b), in terms of 1 − w and 1 − x₀
            Tensor lowered = b.times(2).over(b.plus(1)); // 1 − x₀
            Tensor x0 = lowered.negate().plus(1);
            Tensor spread = lowered.plus(x0.times(height)).over(lowered.times(x0.plus(1))); // (1 − x₀ w) / (1 − x₀²)
            Tensor bound = lowered.minus(height).times(kappa).plus(spread.log().times(m));
            Tensor isAccepted = Noise.openUniform(kappa, count, rng).log().atMost(bound);
            return drawing.keep(firstAccepted(height, isAccepted, samples));
        }
    }

    private static Tensor firstAccepted(Tensor proposals, Tensor isAccepted, int samples) {
        Tensor chosen = proposals.narrow(0, 0, samples);
        Tensor done = isAccepted.narrow(0, 0, samples);
        for (int i = 1; i < PROPOSALS; i++) {
            chosen = done.where(chosen, proposals.narrow(0, (long) i * samples, samples));
            done = done.or(isAccepted.narrow(0, (long) i * samples, samples));
        }
        return chosen;
    }

    /**
     * dθ/dκ at the angle θ from μ, whose density is p(θ) ∝ exp(κ cos θ) sin^(D−2) θ: −∫ (cos x − A) p(x) / p(θ) dx from 0 to θ, which is
     * the same integral, with the other sign, from θ to π. With A the mean of cos x the first has terms of one sign where cos θ
     * &gt; A, and the second elsewhere, so that nothing cancels.
     *
     * <p>Sums at 64 points that crowd at both ends, t³ (10 − 15 t + 6 t²), are right to some 10⁻⁷.
     */
    private Tensor angleSlope(Tensor height) {
        Tensor kappa = kappa().detach();
        Tensor angle = height.times(0.5).sqrt().asin().times(2); // θ
        Tensor mean = Bessel.of(dims() / 2.0 - 1, kappa).ratio(); // A
        Tensor reach = kappa.clamp(Math.max(1.5, dims() - 2.0), Float.MAX_VALUE)
                .rsqrt()
                .times(REACH);
        Tensor cos = height.negate().plus(1);
        Tensor isLower = cos.greaterThan(mean);
        Tensor room = isLower.where(angle, angle.negate().plus(Math.PI)).minimum(reach);
        Tensor sign = isLower.to(DType.FLOAT64).times(-2).plus(1); // towards 0 or towards π

        Tensor t =
                Tensor.arange(NODES, loc.device()).to(DType.FLOAT64).plus(0.5).over(NODES);
        Tensor part = t.times(6).minus(15).times(t).plus(10).times(t.pow(3));
        Tensor weight = t.times(t.negate().plus(1)).square().times(30.0 / NODES);
        Tensor x = angle.plusProduct(sign.times(room), part); // [K, batch..., nodes]
        Tensor powers = logSin(x).minus(logSin(angle)).times(dims() - 2.0);
        Tensor density = x.cos().minus(cos).times(kappa).plus(powers).exp();
        Tensor integrand = x.cos().minus(mean).times(density).times(weight);
        return integrand.sum(-1).unsqueeze(-1).times(room).times(sign);
    }

    private static Tensor logSin(Tensor angle) {
        return angle.sin().clamp(LEAST, 1).log();
    }

    @Override
    public VonMisesFisher detached() {
        return new VonMisesFisher(loc.detach(), concentration.detach());
    }

    @Override
    public Tensor logProb(Tensor value) {
        Tensor cosine = value.times(loc).sum(-1).to(DType.FLOAT64);
        Tensor kappa = kappa().squeeze(-1);
        return cosine.times(kappa).plus(logNormaliser(bessel().logScaled())).to(value.dtype());
    }

    private Bessel bessel() {
        return Bessel.of(dims() / 2.0 - 1, kappa().squeeze(-1));
    }

    /** log C_D(κ) = −D/2 log 2π − log (I_ν(κ) κ^−ν) with ν = D/2 − 1. */
    private Tensor logNormaliser(Tensor logScaled) {
        return logScaled.plus(dims() / 2.0 * Math.log(2 * Math.PI)).negate();
    }

    /** The direction μ, which is the likeliest; the mean is inside of the sphere. */
    @Override
    public Tensor centre() {
        return loc;
    }

    /** With κ / T: p^(1/T), normalised. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return temperature == 0
                ? loc.expand(loc.shape().prepend(samples)).detach()
                : new VonMisesFisher(loc, concentration.over(temperature)).sample(samples, rng);
    }

    /** κ A + log C_D(κ) + log of the sphere's surface, from the uniform distribution. Davidson et al. (2018), eq. 14. */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        if (!(other instanceof UniformSphere)) {
            return Optional.empty();
        }
        Bessel bessel = bessel();
        Tensor expected = bessel.ratio().times(kappa().squeeze(-1));
        Tensor kl = expected.plus(logNormaliser(bessel.logScaled())).plus(UniformSphere.logSurface(dims()));
        return Optional.of(kl.to(loc.dtype()));
    }
}
