package dev.elbo.prior;

import dev.elbo.distribution.Affine;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.FullNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A prior of codes that lie at any place, on any scale and in any direction, as those of an autoencoder without a rate do: another prior
 * is over L⁻¹ (z − m), with the mean m and the covariance L Lᵀ of the codes that it began with. Priors that begin as N(0, I) then begin
 * as the normal of the codes, networks read numbers of one size, and mixtures have components that are as wide in each direction as the
 * codes are.
 *
 * @param ofWhitened the prior of whitened codes
 * @param mean m, [D]; a buffer
 * @param factor L, lower triangular, [D, D]; a buffer
 */
public record WhitenedPrior(Conditional<? extends Distribution> ofWhitened, Tensor mean, Tensor factor)
        implements Conditional<Affine>, OfCodes {
    /** Leaves codes as they are until it has met some. */
    public static WhitenedPrior of(Conditional<? extends Distribution> ofWhitened, int dims, Initializer initial) {
        Tensor factor = initial.buffer(0, dims, dims);
        factor.assign(FittedNormal.identity(factor));
        return new WhitenedPrior(ofWhitened, initial.buffer(0, dims), factor);
    }

    @Override
    public Affine given(Pass pass, Tensor... parents) {
        return new Affine(ofWhitened.given(pass, parents), new FullNormal(mean, factor));
    }

    @Override
    public void begin(Tensor codes, Rng rng) {
        FullNormal normal = FittedNormal.Moments.of(codes.to(DType.FLOAT64)).normal();
        try (GradientMode off = GradientMode.off()) {
            mean.assign(normal.loc().to(mean.dtype()));
            factor.assign(normal.factor().to(factor.dtype()));
        }
        if (ofWhitened instanceof OfCodes prior) {
            prior.begin(new FullNormal(mean, factor).whitened(codes), rng);
        }
    }
}
