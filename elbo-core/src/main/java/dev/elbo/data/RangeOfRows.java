package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/** Rows {@code from} (inclusive) to {@code to} (exclusive) of a source, not read yet. */
record RangeOfRows(RowSource source, long from, long to) implements RowSource {
    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there are no such rows
     */
    RangeOfRows {
        requireRange(from, to, source.shape().size(0));
    }

    private static void requireRange(long from, long to, long rows) {
        if (from < 0 || to < from || to > rows) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + rows);
        }
    }

    private long size() {
        return to - from;
    }

    @Override
    public DType dtype() {
        return source.dtype();
    }

    @Override
    public Shape shape() {
        Shape whole = source.shape();
        return whole.slice(1, whole.rank()).prepend(size());
    }

    @Override
    public boolean isOnDisk() {
        return source.isOnDisk();
    }

    @Override
    public HostArray rows(long first, long last) {
        requireRange(first, last, size());
        return source.rows(from + first, from + last);
    }

    @Override
    public HostArray select(long[] rows) {
        return source.select(Arrays.stream(rows)
                .map(row -> from + Objects.checkIndex(row, size()))
                .toArray());
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
