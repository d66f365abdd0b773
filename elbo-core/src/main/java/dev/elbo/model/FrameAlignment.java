package dev.elbo.model;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * Which state each frame belongs to, by the durations of the states.
 *
 * @param states INT64 [... · N · T], counted through the N texts
 * @param mask 1 at frames that count and 0 at padding, [..., N, T, 1]
 * @param steps the same of every few frames together, [..., N, T / stride, 1]
 */
record FrameAlignment(Tensor states, Tensor mask, Tensor steps) {
    /**
     * The alignment of durations.
     *
     * @param durations frames of each state, INT64 [..., N, L]
     * @param stride what the number of frames is a multiple of
     */
    static FrameAlignment of(HostArray durations, int stride, Device device) {
        Shape rows = durations.shape().dropLast(1); // [..., N]
        int texts = (int) rows.size(-1);
        int most = (int) durations.shape().size(-1);
        long[] each = durations.toLongs();
        int width = padded(durations, stride);
        long[] states = new long[(int) rows.elements() * width];
        float[] counts = new float[states.length];
        for (int row = 0; row < rows.elements(); row++) {
            int t = row * width;
            for (int l = 0; l < most; l++) {
                int end = t + (int) each[row * most + l];
                Arrays.fill(states, t, end, (long) row % texts * most + l);
                Arrays.fill(counts, t, end, 1);
                t = end;
            }
        }
        Tensor mask = Tensor.of(HostArray.of(counts, counts.length), device)
                .reshape(rows.append(width).append(1));
        return new FrameAlignment(
                Tensor.of(HostArray.of(states, states.length), device),
                mask,
                mask.reshape(rows.append(width / stride).append(stride)).max(-1).unsqueeze(-1));
    }

    /** T: the frames of the longest row and its padding. */
    static int padded(HostArray durations, int stride) {
        long longest = longest(durations.toLongs(), (int) durations.shape().size(-1));
        return Math.toIntExact((longest + stride - 1) / stride * stride);
    }

    /** The number of frames of the longest row, and at least one. */
    private static long longest(long[] each, int most) {
        long longest = 1;
        for (int from = 0; from < each.length; from += most) {
            longest = Math.max(longest, Arrays.stream(each, from, from + most).sum());
        }
        return longest;
    }

    /** T. */
    long frames() {
        return mask.size(-2);
    }

    /** Frames [N, T', M] with as much padding as these have. */
    Tensor fitted(Tensor frames) {
        long there = frames.size(1);
        return there < frames() ? frames.pad(1, 0, frames() - there, 0) : frames.narrow(1, 0, frames());
    }

    /** Vectors of states, at their frames: [N, L, C] → [..., N, T, C], 0 at padding. */
    Tensor spread(Tensor ofStates) {
        long channels = ofStates.size(-1);
        Tensor rows = Functional.embedding(states, ofStates.reshape(-1, channels));
        return rows.reshape(mask.shape().dropLast(1).append(channels)).times(mask);
    }
}
