package dev.elbo.bench.speech;

import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.LayerNorm;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * The first layers of a judge: log-mel frames [B, T, M] to vectors [B, T', H], fewer a second. Two convolutions over time and bands, and
 * what they make of a step, projected. What lies behind a clip's end changes nothing before it.
 *
 * @param mean of each band, of the clips that the judge learned from, [M]; a buffer
 * @param deviation standard deviation of each band, [M]; a buffer
 * @param first 1 channel to several, with half as many steps and bands
 * @param second with half as many again, or as many
 */
record Ear(
        Tensor mean,
        Tensor deviation,
        Disturbance disturbance,
        Conv2d first,
        Conv2d second,
        Linear projection,
        LayerNorm norm)
        implements Module {
    private static final int CHANNELS = 16;
    private static final int KERNEL = 3;
    private static final double LEAST_DEVIATION = 0.05; // a band that never changes would be divided by 0

    /**
     * With initial weights.
     *
     * @param fewer how many frames become a step: 2 or 4
     * @param hidden H
     */
    static Ear of(int bands, int fewer, int hidden, Initializer initial) {
        if (fewer != 2 && fewer != 4) {
            throw new IllegalArgumentException("2 or 4 frames become a step; got " + fewer);
        }
        int stride = fewer / 2;
        Conv2d first = Conv2d.of(1, CHANNELS, KERNEL, 2, 1, initial);
        Conv2d second = Conv2d.of(CHANNELS, 2L * CHANNELS, KERNEL, stride, 1, initial);
        long left = after(stride, after(2, bands));
        return new Ear(
                initial.buffer(0, bands),
                initial.buffer(1, bands),
                Disturbance.STANDARD,
                first,
                second,
                Linear.of(2 * CHANNELS * left, hidden, initial),
                LayerNorm.of(initial, hidden));
    }

    private static long after(int stride, long size) {
        return (size + stride - 1) / stride;
    }

    /** Takes mean and deviation of each band from clips. */
    void accustom(List<HostArray> clips) {
        int bands = (int) mean.size(0);
        double[] sum = new double[bands];
        double[] squares = new double[bands];
        long frames = 0;
        for (HostArray clip : clips) {
            float[] values = clip.toFloats();
            for (int i = 0; i < values.length; i++) {
                sum[i % bands] += values[i];
                squares[i % bands] += (double) values[i] * values[i];
            }
            frames += clip.shape().size(0);
        }
        float[] means = new float[bands];
        float[] deviations = new float[bands];
        for (int m = 0; m < bands; m++) {
            double average = sum[m] / frames;
            means[m] = (float) average;
            deviations[m] =
                    (float) Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, squares[m] / frames - average * average)));
        }
        mean.assign(Tensor.of(means, bands));
        deviation.assign(Tensor.of(deviations, bands));
    }

    /** How many frames become a step. */
    int framesOfStep() {
        return 2 * second.stride();
    }

    /** H. */
    int hidden() {
        return (int) norm.weight().size(0);
    }

    /** How many steps clips of these lengths have, [B]: as many as the convolutions leave. */
    Tensor steps(Tensor lengths) {
        return after(second, after(first, lengths));
    }

    private static Tensor after(Conv2d convolution, Tensor lengths) {
        return convolution.stride() == 1 ? lengths : halves(lengths);
    }

    /** ⌈n / 2⌉ of each; whole numbers below 2²⁴ are exact in FLOAT32. */
    private static Tensor halves(Tensor lengths) {
        return lengths.to(DType.FLOAT32).plus(1).times(0.5).floor().to(DType.INT64);
    }

    /** How many steps a clip of so many frames has. */
    int steps(int frames) {
        return Math.toIntExact(after(second.stride(), after(2, frames)));
    }

    /** The states that are heard, [B, T', H]. */
    Tensor forward(Padded clips, Pass pass) {
        Tensor usual = clips.frames().minus(mean).over(deviation);
        Tensor image = disturbance.forward(usual, pass).unsqueeze(1); // [B, 1, T, M]
        Tensor once = first.then(Nonlinearity.RELU, here(image, clips.lengths()));
        Tensor twice = second.then(Nonlinearity.RELU, here(once, after(first, clips.lengths())));
        Tensor seen = here(twice, steps(clips.lengths())).transpose(1, 2); // [B, T', C, M']
        Shape rows = Shape.of(seen.size(0), seen.size(1), seen.size(2) * seen.size(3));
        return norm.forward(projection.forward(seen.reshape(rows), pass), pass).relu();
    }

    /** Images [B, C, T, M] with zeros behind the end of each. */
    private static Tensor here(Tensor images, Tensor lengths) {
        Tensor isThere = Padded.isThere(lengths, images.size(2)).to(images.dtype()); // [B, T]
        return images.times(isThere.unsqueeze(1).unsqueeze(-1));
    }
}
