package dev.elbo.tensor;

import java.io.UncheckedIOException;

/**
 * An array whose rows, along the first dimension, are read when they are asked for: from memory, as {@link HostArray}'s,
 * or from files that are larger than memory. Several threads may read at once.
 */
public interface RowSource {
    /** The type of an element. */
    DType dtype();

    /** The sizes of the dimensions, [N, ...]. */
    Shape shape();

    /**
     * Rows {@code from} (inclusive) to {@code to} (exclusive), not copied where they lie in memory.
     *
     * @throws IllegalArgumentException if there are no such rows, or too many for one array
     * @throws UncheckedIOException if they cannot be read, or are not what they should be
     */
    HostArray rows(long from, long to);

    /**
     * A copy of some rows, in the order given.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws UncheckedIOException if they cannot be read, or are not what they should be
     */
    HostArray select(long[] rows);

    /** Whether rows are read from files, or made, when they are asked for. */
    default boolean isOnDisk() {
        return false;
    }

    /**
     * All of it in memory.
     *
     * @throws IllegalArgumentException if it is larger than an array can be, 2 GiB
     */
    default HostArray toHost() {
        return rows(0, shape().size(0));
    }

    /** The length of all elements. */
    default long byteCount() {
        return Math.multiplyExact(shape().elements(), (long) dtype().bytes());
    }
}
