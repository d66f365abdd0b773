package dev.elbo.bench.speech;

import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Makes every clip another one each time it is learned from, [B, T, M] → [B, T, M]; the identity otherwise. Its loudness changes, its
 * bands are noisy, and one stretch of time and one of bands are hidden (SpecAugment, Park et al. 2019, section 2, without warping).
 *
 * @param loudness standard deviation of what is added to a whole clip, in deviations of a band
 * @param noise standard deviation of what is added to each number
 * @param time how much of the frames is hidden at most, from 0 to 1
 * @param bands how much of the bands is hidden at most
 */
record Disturbance(double loudness, double noise, double time, double bands) implements Layer {
    /** The disturbances that the judges here learn with. */
    static final Disturbance STANDARD = new Disturbance(0.25, 0.2, 0.15, 0.2);

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.training()) {
            return x;
        }
        long batch = x.size(0);
        Rng rng = pass.rng();
        Tensor louder = rng.normal(Shape.of(batch, 1, 1)).times(loudness);
        Tensor noisy = x.plus(louder).plus(rng.normal(x.shape()).times(noise));
        Tensor seenTimes = seen(batch, x.size(1), time, rng).unsqueeze(-1);
        Tensor seenBands = seen(batch, x.size(2), bands, rng).unsqueeze(1);
        return noisy.times(seenTimes).times(seenBands);
    }

    /** 1, and 0 in a stretch of up to {@code most} of all places: FLOAT32 [B, places]. */
    private static Tensor seen(long batch, long places, double most, Rng rng) {
        Tensor width = rng.uniform(Shape.of(batch, 1)).times(most * (double) places);
        Tensor from = rng.uniform(Shape.of(batch, 1)).times(width.negate().plus((double) places));
        Tensor place = Tensor.arange(places, width.device()).to(DType.FLOAT32);
        return place.lessThan(from).or(place.atLeast(from.plus(width))).to(DType.FLOAT32);
    }
}
