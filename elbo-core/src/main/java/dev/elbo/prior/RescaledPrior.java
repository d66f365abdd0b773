package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Rescaled;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A prior of codes that lie at any place and on any scale, as those of an autoencoder without a rate do: another prior is over the
 * codes less their mean, divided by their deviation. Priors that begin as N(0, I) then begin where the codes are, and networks read
 * numbers of one size.
 *
 * @param ofStandard the prior of standardised codes
 * @param mean of the codes that it began with, [D]; a buffer
 * @param deviation of the same, [D]; a buffer
 */
public record RescaledPrior(Conditional<? extends Distribution> ofStandard, Tensor mean, Tensor deviation)
        implements Conditional<Rescaled>, OfCodes {
    /** A dimension in which all codes are the same has no scale. */
    private static final double LEAST = 1e-6;

    /** Leaves codes as they are until it has met some. */
    public static RescaledPrior of(Conditional<? extends Distribution> ofStandard, int dims, Initializer initial) {
        return new RescaledPrior(ofStandard, initial.buffer(0, dims), initial.buffer(1, dims));
    }

    @Override
    public Rescaled given(Pass pass, Tensor... parents) {
        return new Rescaled(ofStandard.given(pass, parents), mean, deviation);
    }

    @Override
    public void begin(Tensor codes, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            mean.assign(codes.mean(0));
            deviation.assign(
                    codes.minus(mean).square().mean(0).sqrt().clamp(LEAST, Float.MAX_VALUE));
        }
        if (ofStandard instanceof OfCodes prior) {
            prior.begin(codes.minus(mean).over(deviation), rng);
        }
    }
}
