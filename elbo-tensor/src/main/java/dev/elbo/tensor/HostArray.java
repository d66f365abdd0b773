package dev.elbo.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An n-dimensional array in the JVM's own memory: what files hold and what tensors are made from.
 * Row-major; {@code bytes} are little-endian, exactly {@code shape.elements() * dtype.bytes()} of
 * them, and may be a view of a memory-mapped file. No native library is needed to use it.
 *
 * @param dtype the type of an element
 * @param shape the sizes of its dimensions
 * @param bytes the elements; read through {@link #bytes()}, which is independent of other readers
 */
public record HostArray(DType dtype, Shape shape, ByteBuffer bytes) implements RowSource {

    /**
     * Validates the length.
     *
     * @throws IllegalArgumentException if {@code bytes} does not hold exactly the elements of {@code shape}
     */
    public HostArray {
        long expected = bytes(dtype, shape);
        if (bytes.remaining() != expected) {
            throw new IllegalArgumentException(
                    "an array of " + dtype + " " + shape + " has " + expected + " bytes; got " + bytes.remaining());
        }
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long bytes(DType dtype, Shape shape) {
        try {
            return Math.multiplyExact(shape.elements(), dtype.bytes());
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("an array of " + dtype + " " + shape + " is too large", overflow);
        }
    }

    /** FLOAT32. */
    public static HostArray of(float[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, DType.FLOAT32);
        bytes.asFloatBuffer().put(values);
        return new HostArray(DType.FLOAT32, Shape.of(shape), bytes);
    }

    /** FLOAT64. */
    public static HostArray of(double[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, DType.FLOAT64);
        bytes.asDoubleBuffer().put(values);
        return new HostArray(DType.FLOAT64, Shape.of(shape), bytes);
    }

    /** INT64. */
    public static HostArray of(long[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, DType.INT64);
        bytes.asLongBuffer().put(values);
        return new HostArray(DType.INT64, Shape.of(shape), bytes);
    }

    /** UINT8. The bytes are not copied. */
    public static HostArray of(byte[] values, long... shape) {
        return new HostArray(DType.UINT8, Shape.of(shape), ByteBuffer.wrap(values));
    }

    private static ByteBuffer allocate(int elements, DType dtype) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, dtype.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements, little-endian, with a position of its own so that several threads may read. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same elements under another shape. */
    public HostArray reshape(long... sizes) {
        return new HostArray(dtype, Shape.of(sizes), bytes());
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the first dimension, not copied. */
    @Override
    public HostArray rows(long from, long to) {
        long rows = shape.size(0);
        if (from < 0 || to < from || to > rows) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of an array with " + rows + " rows");
        }
        int rowBytes = rows == 0 ? 0 : (int) (bytes.capacity() / rows);
        ByteBuffer view = bytes.slice((int) from * rowBytes, (int) (to - from) * rowBytes);
        return new HostArray(dtype, shape.slice(1, shape.rank()).prepend(to - from), view);
    }

    /**
     * A copy of some rows of the first dimension, in the order given.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    @Override
    public HostArray select(long[] rows) {
        int rowBytes = Math.toIntExact(bytes(dtype, shape.slice(1, shape.rank())));
        ByteBuffer copy = ByteBuffer.allocate(Math.multiplyExact(rows.length, rowBytes));
        for (long row : rows) {
            copy.put(bytes.slice(Math.toIntExact(row * rowBytes), rowBytes));
        }
        return new HostArray(dtype, shape.slice(1, shape.rank()).prepend(rows.length), copy.flip());
    }

    @Override
    public HostArray toHost() {
        return this;
    }

    /**
     * A copy of arrays of one type, one after the other along the first dimension.
     *
     * @throws IllegalArgumentException if they differ in type or in another dimension
     */
    public static HostArray concat(List<HostArray> parts) {
        HostArray first = parts.get(0);
        Shape row = first.shape.slice(1, first.shape.rank());
        long rows = 0;
        for (HostArray part : parts) {
            if (part.dtype != first.dtype || !part.shape.equals(row.prepend(part.shape.size(0)))) {
                throw new IllegalArgumentException("arrays to join differ: " + first.dtype + " " + first.shape + " and "
                        + part.dtype + " " + part.shape);
            }
            rows += part.shape.size(0);
        }
        Shape shape = row.prepend(rows);
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(bytes(first.dtype, shape)));
        parts.forEach(part -> copy.put(part.bytes()));
        return new HostArray(first.dtype, shape, copy.flip());
    }

    /** A copy as floats. */
    public float[] toFloats() {
        double[] wide = toDoubles();
        float[] values = new float[wide.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) wide[i];
        }
        return values;
    }

    /** A copy as doubles; exact for every type but INT64 beyond 2^53. */
    public double[] toDoubles() {
        ByteBuffer in = bytes();
        double[] values = new double[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = element(in);
        }
        return values;
    }

    /** A copy as longs. */
    public long[] toLongs() {
        if (dtype == DType.INT64) {
            long[] values = new long[(int) shape.elements()];
            bytes().asLongBuffer().get(values);
            return values;
        }
        double[] wide = toDoubles();
        long[] values = new long[wide.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) wide[i];
        }
        return values;
    }

    private double element(ByteBuffer in) {
        return switch (dtype) {
            case FLOAT64 -> in.getDouble();
            case FLOAT32 -> in.getFloat();
            case BFLOAT16 -> Float.intBitsToFloat(in.getShort() << 16);
            case FLOAT16 -> halfToFloat(in.getShort());
            case INT64 -> in.getLong();
            case INT32 -> in.getInt();
            case INT16 -> in.getShort();
            case INT8 -> in.get();
            case UINT8 -> in.get() & 0xff;
            case BOOL -> in.get() == 0 ? 0 : 1;
        };
    }

    /** IEEE 754 binary16; Java has this only from 20 on. */
    private static float halfToFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 1));
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /**
     * A copy in FLOAT16: each element the nearest that there is, of two the one whose last bit is 0. Beyond 65504 it is infinite, and below
     * 2⁻²⁵ it is 0.
     */
    public HostArray toHalf() {
        ByteBuffer half = allocate(Math.toIntExact(shape.elements()), DType.FLOAT16);
        for (float value : toFloats()) {
            half.putShort(floatToHalf(value));
        }
        return new HostArray(DType.FLOAT16, shape, half.flip());
    }

    /** IEEE 754 binary16 of a binary32; Java has this only from 20 on. */
    private static short floatToHalf(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (Math.abs(value) < 0x1p-14f) { // multiples of 2⁻²⁴; the largest rounds up to 2⁻¹⁴, whose bits come next
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24f));
        }
        int rounded =
                (magnitude + 0xfff + (magnitude >> 13 & 1)) >> 13; // a carry moves into the exponent, as it should
        return (short) (sign | Math.min(rounded - (112 << 10), 0x7c00));
    }

    /** As in {@code UINT8 [60000, 1, 28, 28]}. */
    @Override
    public String toString() {
        return dtype + " " + shape;
    }
}
