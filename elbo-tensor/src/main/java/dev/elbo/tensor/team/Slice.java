package dev.elbo.tensor.team;

import org.bytedeco.pytorch.Tensor;

/**
 * One of several slices of a dimension, as even as can be, beginning on cache lines where there are enough of them.
 *
 * @param from the first entry
 * @param length how many
 */
public record Slice(long from, long length) {
    /** 64 bytes of FLOAT32. */
    private static final long LINE = 16;

    /** One of several slices of a dimension. */
    public static Slice of(long size, int parts, int part) {
        return of(size, parts, part, size >= parts * LINE ? LINE : 1);
    }

    /** One of several slices of a dimension whose entries are large: as even as can be. */
    public static Slice even(long size, int parts, int part) {
        return of(size, parts, part, 1);
    }

    private static Slice of(long size, int parts, int part, long unit) {
        long units = (size + unit - 1) / unit;
        long from = Math.min(size, units * part / parts * unit);
        long to = Math.min(size, units * (part + 1) / parts * unit);
        return new Slice(from, to - from);
    }

    /** The same slice where each entry is so many. */
    public Slice times(long factor) {
        return new Slice(from * factor, length * factor);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The slice itself, a view. */
    public Tensor of(Tensor tensor, int dim) {
        return tensor.narrow(dim, from, length);
    }
}
