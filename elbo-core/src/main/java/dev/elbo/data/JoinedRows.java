package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rows of several sources one after the other, as if they were one. */
final class JoinedRows implements RowSource {
    private final List<RowSource> parts;
    private final long[] ends;
    private final Shape row;

    /**
     * Joins.
     *
     * @throws IllegalArgumentException if there is none, or they differ in their type or the shape of a row
     */
    JoinedRows(List<? extends RowSource> parts) {
        this.parts = List.copyOf(parts);
        this.ends = new long[parts.size()];
        this.row = rowOf(parts.get(0));
        long rows = 0;
        for (int i = 0; i < ends.length; i++) {
            RowSource part = parts.get(i);
            if (part.dtype() != dtype() || !rowOf(part).equals(row)) {
                throw new IllegalArgumentException(
                        "part " + (i + 1) + " is " + part + ", and the first is " + parts.get(0));
            }
            rows = Math.addExact(rows, part.shape().size(0));
            ends[i] = rows;
        }
    }

    private static Shape rowOf(RowSource source) {
        return source.shape().slice(1, source.shape().rank());
    }

    @Override
    public DType dtype() {
        return parts.get(0).dtype();
    }

    @Override
    public Shape shape() {
        return row.prepend(ends[ends.length - 1]);
    }

    @Override
    public boolean isOnDisk() {
        return parts.stream().anyMatch(RowSource::isOnDisk);
    }

    @Override
    public HostArray rows(long from, long to) {
        if (from < 0 || to < from || to > ends[ends.length - 1]) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + this);
        }
        List<HostArray> found = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            long begin = begin(i);
            long first = Math.max(from, begin);
            long last = Math.min(to, ends[i]);
            if (first < last) {
                found.add(parts.get(i).rows(first - begin, last - begin));
            }
        }
        return switch (found.size()) {
            case 0 -> parts.get(0).rows(0, 0);
            case 1 -> found.get(0);
            default -> HostArray.concat(found);
        };
    }

    private long begin(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    @Override
    public HostArray select(long[] rows) {
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(rows.length * row.elements() * dtype().bytes()));
        for (long index : rows) {
            Objects.checkIndex(index, ends[ends.length - 1]);
            int part = partOf(index);
            copy.put(parts.get(part).select(new long[] {index - begin(part)}).bytes());
        }
        return new HostArray(dtype(), row.prepend(rows.length), copy.flip());
    }

    /** The first whose end lies behind the row; empty parts are passed over. */
    private int partOf(long index) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
