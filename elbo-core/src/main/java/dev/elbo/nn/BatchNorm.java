package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * Batch normalisation, Ioffe and Szegedy (2015): each channel is centred and scaled by the batch's
 * statistics in training, by running averages of them in use.
 *
 * @param weight scale, [C]
 * @param bias shift, [C]
 * @param running_mean moving average of the means, [C]; a buffer, named as in PyTorch
 * @param running_var moving average of the variances, [C]; a buffer
 * @param eventRank 1 for [..., C], 3 for [..., C, H, W]
 */
@SuppressWarnings("RecordComponentName") // the buffers' names are PyTorch's checkpoint keys
public record BatchNorm(Tensor weight, Tensor bias, Tensor running_mean, Tensor running_var, int eventRank)
        implements Layer {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    /** Over vectors, [..., C]. */
    public static BatchNorm ofVectors(long channels, Initializer initial) {
        return of(channels, 1, initial);
    }

    /** Over images, [..., C, H, W]. */
    public static BatchNorm ofImages(long channels, Initializer initial) {
        return of(channels, 3, initial);
    }

    private static BatchNorm of(long channels, int eventRank, Initializer initial) {
        return new BatchNorm(
                initial.constant(1, channels),
                initial.constant(0, channels),
                initial.buffer(0, channels),
                initial.buffer(1, channels),
                eventRank);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Leading.folded(
                x,
                eventRank,
                batch -> Functional.batchNorm(
                        batch, weight, bias, running_mean, running_var, pass.training(), MOMENTUM, EPSILON));
    }
}
