package dev.elbo.tensor;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Products of two matrices on the calling thread alone, [R, I] · [I, C] → [R, C]: by oneDNN, which makes a kernel for each
 * shape, and where it cannot by libtorch.
 */
final class MatrixProduct {
    /** How many are remembered: some tens for a model, for each thread. */
    private static final int MOST = 2048;

    /**
     * Products that are not being computed just now, those used last at the end; guarded by itself. Each stays with the thread
     * that made it, as oneDNN asks.
     */
    private static final Map<Key, MatrixProduct> IDLE = new LinkedHashMap<>();

    private static final int ARGUMENT_BYTES = 16;

    private final long primitive;
    private final long left;
    private final long right;
    private final long out;
    private final long bias;
    private final Memory arguments;
    private final int argumentCount;

    private enum Plus {
        NOTHING,
        BIAS,
        /** What was in {@code out}. */
        ITSELF
    }

    /** The thread, and all that a kernel depends on; {@code …Row} and {@code …Column} are how many entries later the next one begins. */
    private record Key(
            long thread,
            int type,
            long rows,
            long inner,
            long columns,
            long leftRow,
            long leftColumn,
            long rightRow,
            long rightColumn,
            long outRow,
            Plus plus) {

        static Key of(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor left,
                org.bytedeco.pytorch.Tensor right,
                Plus plus) {
            return new Key(
                    Thread.currentThread().getId(),
                    left.element_size() == Float.BYTES ? OneDnn.FLOAT32 : OneDnn.BFLOAT16,
                    out.size(0),
                    left.size(1),
                    out.size(1),
                    left.stride(0),
                    left.stride(1),
                    right.stride(0),
                    right.stride(1),
                    out.stride(0),
                    plus);
        }

        /** Whether the matrices are not empty, and dense along a row or a column. */
        boolean fits() {
            return rows > 0
                    && inner > 0
                    && columns > 0
                    && isDense(leftRow, leftColumn, rows, inner)
                    && isDense(rightRow, rightColumn, inner, columns)
                    && outRow >= columns;
        }

        private static boolean isDense(long nextRow, long nextColumn, long rows, long columns) {
            return (nextColumn == 1 && nextRow >= columns) || (nextRow == 1 && nextColumn >= rows);
        }
    }

    private MatrixProduct(Key key) {
        long a = OneDnn.description(key.type, key.rows, key.inner, key.leftRow, key.leftColumn);
        long b = OneDnn.description(key.type, key.inner, key.columns, key.rightRow, key.rightColumn);
        long c = OneDnn.description(OneDnn.FLOAT32, key.rows, key.columns, key.outRow, 1);
        long d = key.plus == Plus.BIAS ? OneDnn.description(OneDnn.FLOAT32, 1, key.columns, key.columns, 1) : 0;
        long attributes = OneDnn.attributes(key.plus == Plus.ITSELF);
        this.primitive = OneDnn.matmul(a, b, d, c, attributes);
        this.left = OneDnn.memory(a);
        this.right = OneDnn.memory(b);
        this.out = OneDnn.memory(c);
        this.bias = d == 0 ? 0 : OneDnn.memory(d);
        this.argumentCount = d == 0 ? 3 : 4;
        this.arguments = new Memory(4L * ARGUMENT_BYTES);
        argument(0, OneDnn.LEFT, left);
        argument(1, OneDnn.RIGHT, right);
        argument(2, OneDnn.OUT, out);
        argument(3, OneDnn.BIAS, bias);
        OneDnn.dnnl_primitive_attr_destroy(attributes);
        for (long description : new long[] {a, b, c, d}) {
            OneDnn.dnnl_memory_desc_destroy(description);
        }
    }

    private void argument(int i, int what, long memory) {
        arguments.setInt((long) i * ARGUMENT_BYTES, what);
        arguments.setLong((long) i * ARGUMENT_BYTES + Long.BYTES, memory);
    }

    /** Loads the library and what every kernel needs, so that the first product does not wait for it. */
    static void startAhead() {
        if (OneDnn.isLoaded()) {
            try (Scope scope = Scope.open("first product")) {
                Tensor square = Tensor.zeros(Device.CPU, 64, 64);
                into(square.zerosLike().handle(), square.handle(), square.handle());
            }
        }
    }

    /** out = left · right. All are on one device and of one type; or the factors are BFLOAT16, and the rest FLOAT32. */
    static void into(
            org.bytedeco.pytorch.Tensor out, org.bytedeco.pytorch.Tensor left, org.bytedeco.pytorch.Tensor right) {
        if (!compute(Plus.NOTHING, out, left, right, null)) {
            torch.mm_out(out, left.type_as(out), right.type_as(out));
        }
    }

    /** out = left · right + bias, [C], for each row. */
    static void into(
            org.bytedeco.pytorch.Tensor out,
            org.bytedeco.pytorch.Tensor left,
            org.bytedeco.pytorch.Tensor right,
            org.bytedeco.pytorch.Tensor bias) {
        if (!compute(Plus.BIAS, out, left, right, bias)) {
            torch.addmm_out(out, bias, left.type_as(out), right.type_as(out));
        }
    }

    /** out += left · right. */
    static void addTo(
            org.bytedeco.pytorch.Tensor out, org.bytedeco.pytorch.Tensor left, org.bytedeco.pytorch.Tensor right) {
        if (!compute(Plus.ITSELF, out, left, right, null)) {
            out.addmm_(left.type_as(out), right.type_as(out));
        }
    }

    /** Does nothing, and says so, where oneDNN cannot. */
    private static boolean compute(
            Plus plus,
            org.bytedeco.pytorch.Tensor out,
            org.bytedeco.pytorch.Tensor left,
            org.bytedeco.pytorch.Tensor right,
            org.bytedeco.pytorch.@Nullable Tensor bias) {
        if (out.is_cuda() || out.element_size() != Float.BYTES || out.stride(1) != 1 || !OneDnn.isLoaded()) {
            return false;
        }
        Key key = Key.of(out, left, right, plus);
        if (!key.fits() || (bias != null && bias.stride(0) != 1)) {
            return false;
        }
        MatrixProduct product = take(key);
        if (product == null) {
            return false;
        }
        product.compute(address(out), address(left), address(right), bias == null ? 0 : address(bias));
        giveBack(key, product);
        return true;
    }

    private static long address(org.bytedeco.pytorch.Tensor tensor) {
        return tensor.data_ptr().address();
    }

    private void compute(long toOut, long toLeft, long toRight, long toBias) {
        OneDnn.check(OneDnn.dnnl_memory_set_data_handle(out, toOut));
        OneDnn.check(OneDnn.dnnl_memory_set_data_handle(left, toLeft));
        OneDnn.check(OneDnn.dnnl_memory_set_data_handle(right, toRight));
        if (bias != 0) {
            OneDnn.check(OneDnn.dnnl_memory_set_data_handle(bias, toBias));
        }
        OneDnn.check(OneDnn.dnnl_primitive_execute(
                primitive, OneDnn.stream(), argumentCount, Pointer.nativeValue(arguments)));
    }

    /** None if oneDNN cannot make it, say for lack of memory. */
    private static @Nullable MatrixProduct take(Key key) {
        MatrixProduct idle;
        synchronized (IDLE) {
            idle = IDLE.remove(key);
        }
        try {
            return idle == null ? new MatrixProduct(key) : idle;
        } catch (IllegalStateException refused) {
            return null;
        }
    }

    private static void giveBack(Key key, MatrixProduct product) {
        synchronized (IDLE) {
            IDLE.put(key, product);
            if (IDLE.size() > MOST) {
                Iterator<MatrixProduct> oldest = IDLE.values().iterator();
                oldest.next().destroy();
                oldest.remove();
            }
        }
    }

    private void destroy() {
        OneDnn.dnnl_primitive_destroy(primitive);
        OneDnn.dnnl_memory_destroy(left);
        OneDnn.dnnl_memory_destroy(right);
        OneDnn.dnnl_memory_destroy(out);
        if (bias != 0) {
            OneDnn.dnnl_memory_destroy(bias);
        }
        arguments.close();
    }
}
