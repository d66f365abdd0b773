package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/** Some rows of a source in an order of their own, not copied. */
final class PickedRows implements RowSource {
    private final RowSource source;
    private final long[] indices;

    /**
     * Picks.
     *
     * @param source where the rows are read
     * @param indices which, from 0
     * @throws IndexOutOfBoundsException if there is no such row
     */
    PickedRows(RowSource source, long[] indices) {
        for (long index : indices) {
            Objects.checkIndex(index, source.shape().size(0));
        }
        this.source = source;
        this.indices = indices.clone();
    }

    @Override
    public DType dtype() {
        return source.dtype();
    }

    @Override
    public Shape shape() {
        Shape whole = source.shape();
        return whole.slice(1, whole.rank()).prepend(indices.length);
    }

    @Override
    public boolean isOnDisk() {
        return source.isOnDisk();
    }

    @Override
    public HostArray rows(long from, long to) {
        if (from < 0 || to < from || to > indices.length) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + indices.length);
        }
        return source.select(Arrays.copyOfRange(indices, (int) from, (int) to));
    }

    @Override
    public HostArray select(long[] rows) {
        return source.select(
                Arrays.stream(rows).map(row -> indices[Math.toIntExact(row)]).toArray());
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
