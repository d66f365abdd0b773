package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Sequences of frames, FLOAT32 [N, longest, channels], which are padded with 0 when they are asked for: each lies in memory once, with as
 * many frames as it has.
 *
 * @param sequences FLOAT32 [T, channels] each
 * @param longest the length of a row with its padding
 */
record FrameRows(List<HostArray> sequences, int longest, int channels) implements RowSource {
    /** Copies the list. */
    FrameRows {
        sequences = List.copyOf(sequences);
    }

    /** How many frames each row has, INT64 [N]. */
    HostArray lengths() {
        return HostArray.of(
                sequences.stream().mapToLong(frames -> frames.shape().size(0)).toArray(), sequences.size());
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    @Override
    public Shape shape() {
        return Shape.of(sequences.size(), longest, channels);
    }

    /** They are padded as others are read: then memory for all of them is not needed. */
    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public HostArray rows(long first, long to) {
        if (first < 0 || to < first || to > sequences.size()) {
            throw new IllegalArgumentException("rows " + first + " to " + to + " of " + sequences.size());
        }
        return select(LongStream.range(first, to).toArray());
    }

    @Override
    public HostArray select(long[] rows) {
        int width = Math.multiplyExact(longest, channels);
        float[] padded = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            HostArray frames = sequences.get((int) Objects.checkIndex(rows[i], (long) sequences.size()));
            int count = Math.toIntExact(frames.shape().elements());
            frames.bytes().asFloatBuffer().get(padded, i * width, count);
        }
        return HostArray.of(padded, rows.length, longest, channels);
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
