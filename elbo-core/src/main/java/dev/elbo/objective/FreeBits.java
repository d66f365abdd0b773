package dev.elbo.objective;

import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.option.Options;
import dev.elbo.tensor.Tensor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nats that latents may carry at no cost: what is minimised of a rate is max(λ, rate), with rates averaged over the batch.
 * Kingma et al. (2016), eq. 15, whose groups are dimensions, {@code 0.25}, or whole latents, {@code latent(4)}.
 *
 * @param nats λ; 0 for none
 * @param per what each λ is of
 */
public record FreeBits(double nats, Per per) {
    private static final Pattern OF_LATENT = Pattern.compile("latent\\((.*)\\)");

    /** What may carry so many nats. */
    public enum Per {
        /** Each dimension of each latent. */
        DIMENSION,
        /** Each latent: a level of a hierarchy, say. */
        LATENT
    }

    /**
     * Validates λ.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public FreeBits {
        if (!(nats >= 0)) {
            throw new IllegalArgumentException("free bits are nats per dimension, at least 0; got " + nats);
        }
    }

    /** Of each dimension. */
    public static FreeBits of(double nats) {
        return new FreeBits(nats, Per.DIMENSION);
    }

    /** Reads what {@link #toString()} writes. */
    public static FreeBits parse(String text) {
        Matcher ofLatent = OF_LATENT.matcher(text.strip());
        try {
            return ofLatent.matches()
                    ? new FreeBits(Double.parseDouble(ofLatent.group(1)), Per.LATENT)
                    : of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "write nats for each dimension, as in 0.25, or for each latent, as in latent(4)", e);
        }
    }

    /** Whether nothing is free. */
    public boolean isNone() {
        return nats == 0;
    }

    /** The rate of a latent as it is charged for, averaged over the batch, of rank 0. */
    Tensor charged(Draw draw, Latent latent) {
        if (isNone() || per == Per.LATENT) {
            Tensor rate = draw.mean(latent.kl());
            return isNone() ? rate : rate.clamp(nats, Float.MAX_VALUE);
        }
        Tensor perExample = latent.klPerDimension().orElseThrow(() -> doesNotFactorise(latent));
        Tensor rates = draw.expectation(perExample, 1).mean(0); // [D]
        return rates.clamp(nats, Float.MAX_VALUE).sum();
    }

    private static IllegalArgumentException doesNotFactorise(Latent latent) {
        return new IllegalArgumentException(
                "free bits of dimensions need a factorised posterior and prior with a closed"
                        + " form of their divergence; latent '" + latent.name() + "' has "
                        + latent.posterior().getClass().getSimpleName() + " and "
                        + latent.prior().getClass().getSimpleName()
                        + ". Set freeBits to 0 or to latent(4), or choose others");
    }

    @Override
    public String toString() {
        return per == Per.LATENT ? "latent(" + Options.number(nats) + ")" : Options.number(nats);
    }
}
