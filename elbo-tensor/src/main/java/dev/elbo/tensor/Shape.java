package dev.elbo.tensor;

import java.util.Arrays;

/**
 * The sizes of an array's dimensions, outermost first; {@code Shape.of()} is a single number.
 *
 * <p>Dimensions may be named from the end: {@code -1} is the last.
 */
public final class Shape {
    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /**
     * A shape of these sizes.
     *
     * @throws IllegalArgumentException if a size is negative or the product of those that are not 0 overflows
     */
    public static Shape of(long... sizes) {
        long elements = 1;
        for (long size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException("a shape has no negative sizes; got " + Arrays.toString(sizes));
            }
            elements = multiply(elements, Math.max(size, 1), sizes); // parts of an empty shape may be full
        }
        return new Shape(sizes.clone());
    }

    private static long multiply(long elements, long size, long[] sizes) {
        try {
            return Math.multiplyExact(elements, size);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("a shape of " + Arrays.toString(sizes) + " is too large", overflow);
        }
    }

    /** The number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /**
     * The size of one dimension.
     *
     * @param dim from 0, or from the end if negative
     */
    public long size(int dim) {
        return sizes[index(dim)];
    }

    /** The number of elements: the product of the sizes. */
    public long elements() {
        long elements = 1;
        for (long size : sizes) {
            elements *= size;
        }
        return elements;
    }

    /** A copy of the sizes. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** This shape with dimensions added in front. */
    public Shape prepend(long... outer) {
        long[] all = Arrays.copyOf(outer, outer.length + sizes.length);
        System.arraycopy(sizes, 0, all, outer.length, sizes.length);
        return of(all);
    }

    /** This shape with dimensions added behind. */
    public Shape append(long... inner) {
        return of(inner).prepend(sizes);
    }

    /**
     * The dimensions from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IllegalArgumentException if the shape does not have them
     */
    public Shape slice(int from, int to) {
        if (from < 0 || to < from || to > sizes.length) {
            throw new IllegalArgumentException("shape " + this + " has no dimensions " + from + " to " + to);
        }
        return new Shape(Arrays.copyOfRange(sizes, from, to));
    }

    /** The first {@code rank() - count} dimensions. */
    public Shape dropLast(int count) {
        return slice(0, rank() - count);
    }

    /** The last {@code count} dimensions. */
    public Shape last(int count) {
        return slice(rank() - count, rank());
    }

    /**
     * What two shapes are when each is broadcast to the other, as in NumPy: aligned at their ends, sizes of 1 and
     * missing ones are repeated.
     *
     * @throws IllegalArgumentException if other sizes differ
     */
    public Shape broadcast(Shape other) {
        long[] joint = new long[Math.max(rank(), other.rank())];
        for (int back = 1; back <= joint.length; back++) {
            long mine = sizeOrOne(-back);
            long its = other.sizeOrOne(-back);
            if (mine != its && mine != 1 && its != 1) {
                throw new IllegalArgumentException("shapes " + this + " and " + other + " do not fit together");
            }
            joint[joint.length - back] = mine == 1 ? its : mine;
        }
        return of(joint);
    }

    private long sizeOrOne(int dim) {
        return -dim > sizes.length ? 1 : size(dim);
    }

    /** A dimension's place from the start. */
    int index(int dim) {
        int index = dim < 0 ? dim + sizes.length : dim;
        if (index < 0 || index >= sizes.length) {
            throw new IllegalArgumentException("shape " + this + " has no dimension " + dim);
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As in {@code [128, 784]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
