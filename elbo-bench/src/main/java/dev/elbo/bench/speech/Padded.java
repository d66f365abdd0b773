package dev.elbo.bench.speech;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Frames of several utterances beside each other.
 *
 * @param frames FLOAT32 [B, T, M], 0 behind the end of each
 * @param lengths how many frames each has, INT64 [B]
 */
record Padded(Tensor frames, Tensor lengths) {
    /** Lengths are whole multiples of it: few shapes are asked for, and each is prepared once. */
    private static final int BLOCK = 32;

    static Padded of(List<HostArray> clips) {
        int batch = clips.size();
        int bands = (int) clips.get(0).shape().size(1);
        long[] lengths = clips.stream().mapToLong(clip -> clip.shape().size(0)).toArray();
        long longest =
                clips.stream().mapToLong(clip -> clip.shape().size(0)).max().orElseThrow();
        int padded = Math.toIntExact((longest + BLOCK - 1) / BLOCK * BLOCK);
        int rowBytes = Math.multiplyExact(padded, bands * Float.BYTES);
        ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(batch, rowBytes));
        for (int i = 0; i < batch; i++) {
            all.position(i * rowBytes).put(clips.get(i).bytes());
        }
        HostArray array = new HostArray(
                DType.FLOAT32, Shape.of(batch, padded, bands), all.clear().order(ByteOrder.LITTLE_ENDIAN));
        return new Padded(Tensor.of(array, Device.CPU), Tensor.of(lengths, batch));
    }

    /** BOOL [B, T]: where a sequence of these lengths, [B], is before its end. */
    static Tensor isThere(Tensor lengths, long steps) {
        return Tensor.arange(steps, lengths.device()).lessThan(lengths.unsqueeze(-1));
    }
}
