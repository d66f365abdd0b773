package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Sentences, INT64 [N, longest], which are padded when they are asked for: 4 bytes a token are kept, and rows may have tokens in common.
 *
 * @param tokens of all sentences, one after the other
 * @param from where each row begins
 * @param lengths how many tokens each row has
 * @param longest the length of a row with its padding
 */
record TokenRows(Ints tokens, Ints from, Ints lengths, int longest) implements RowSource {
    /** What is laid out in memory, with its padding, in bytes: more is made when it is asked for. */
    private static final long LAID_OUT = 1L << 28;

    /** These rows, laid out unless they are many. */
    RowSource laidOut() {
        return byteCount() <= LAID_OUT ? toHost() : this;
    }

    @Override
    public DType dtype() {
        return DType.INT64;
    }

    @Override
    public Shape shape() {
        return Shape.of(from.size(), longest);
    }

    /** They are made as others are read: then memory for all of them is not needed. */
    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public HostArray rows(long first, long to) {
        if (first < 0 || to < first || to > from.size()) {
            throw new IllegalArgumentException("rows " + first + " to " + to + " of " + from.size());
        }
        return select(LongStream.range(first, to).toArray());
    }

    @Override
    public HostArray select(long[] rows) {
        long[] padded = new long[Math.multiplyExact(rows.length, longest)];
        for (int i = 0; i < rows.length; i++) {
            int row = (int) Objects.checkIndex(rows[i], (long) from.size());
            for (int at = 0; at < lengths.get(row); at++) {
                padded[i * longest + at] = tokens.get(from.get(row) + at);
            }
        }
        return HostArray.of(padded, rows.length, longest);
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
