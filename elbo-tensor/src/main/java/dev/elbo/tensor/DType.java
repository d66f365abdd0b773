package dev.elbo.tensor;

/** The type of an array's elements. */
public enum DType {
    FLOAT64(8, true),
    FLOAT32(4, true),
    BFLOAT16(2, true),
    FLOAT16(2, true),
    INT64(8, false),
    INT32(4, false),
    INT16(2, false),
    INT8(1, false),
    UINT8(1, false),
    BOOL(1, false);

    private final int bytes;
    private final boolean floatingPoint;

    DType(int bytes, boolean floatingPoint) {
        this.bytes = bytes;
        this.floatingPoint = floatingPoint;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are real numbers, so that gradients can flow through them. */
    public boolean isFloatingPoint() {
        return floatingPoint;
    }
}
