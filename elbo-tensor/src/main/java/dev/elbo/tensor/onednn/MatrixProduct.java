package dev.elbo.tensor.onednn;

import dev.elbo.tensor.onednn.Descriptions.Argument;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Products of two matrices on the calling thread alone, [R, I] · [I, C] → [R, C]: by oneDNN, which makes a kernel for each
 * shape, and where it cannot by libtorch.
 */
public final class MatrixProduct {
    private enum Plus {
        NOTHING,
        BIAS,
        /** What was in {@code out}. */
        ITSELF
    }

    /** {@code …Row} and {@code …Column} are how many entries later the next one begins. */
    private record Key(
            int type,
            long rows,
            long inner,
            long columns,
            long leftRow,
            long leftColumn,
            long rightRow,
            long rightColumn,
            long outRow,
            Plus plus)
            implements Kernels.Work<Primitive> {

        static Key of(Tensor out, Tensor left, Tensor right, Plus plus) {
            return new Key(
                    OneDnn.type(left),
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

        @Override
        public Primitive make() {
            try (Descriptions made = new Descriptions()) {
                long a = made.tensor(type, new long[] {rows, inner}, new long[] {leftRow, leftColumn});
                long b = made.tensor(type, new long[] {inner, columns}, new long[] {rightRow, rightColumn});
                long c = made.tensor(OneDnn.FLOAT32, new long[] {rows, columns}, new long[] {outRow, 1});
                long d = plus == Plus.BIAS ? made.plain(OneDnn.FLOAT32, 1, columns) : 0;
                long product = made.matmul(a, b, d, c, plus == Plus.ITSELF);
                List<Argument> arguments = new ArrayList<>(List.of(
                        new Argument(OneDnn.LEFT, a), new Argument(OneDnn.RIGHT, b), new Argument(OneDnn.OUT, c)));
                if (d != 0) {
                    arguments.add(new Argument(OneDnn.BIAS, d));
                }
                return Descriptions.build(product, arguments);
            }
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

    private MatrixProduct() {}

    /** Loads the library and what every kernel needs, so that the first product does not wait for it. */
    public static void startAhead() {
        if (OneDnn.isLoaded()) {
            try (PointerScope temporaries = new PointerScope()) {
                Tensor square = torch.torch_zeros(64, 64);
                into(torch.zeros_like(square), square, square);
            }
        }
    }

    /** out = left · right. All are on one device and of one type; or the factors are BFLOAT16, and the rest FLOAT32. */
    public static void into(Tensor out, Tensor left, Tensor right) {
        if (!compute(Plus.NOTHING, out, left, right, null)) {
            torch.mm_out(out, left.type_as(out), right.type_as(out));
        }
    }

    /** out = left · right + bias, [C], for each row. */
    public static void into(Tensor out, Tensor left, Tensor right, Tensor bias) {
        if (!compute(Plus.BIAS, out, left, right, bias)) {
            torch.addmm_out(out, bias, left.type_as(out), right.type_as(out));
        }
    }

    /** out += left · right. */
    public static void addTo(Tensor out, Tensor left, Tensor right) {
        if (!compute(Plus.ITSELF, out, left, right, null)) {
            out.addmm_(left.type_as(out), right.type_as(out));
        }
    }

    /** Does nothing, and says so, where oneDNN cannot. */
    private static boolean compute(Plus plus, Tensor out, Tensor left, Tensor right, @Nullable Tensor bias) {
        if (out.is_cuda() || out.element_size() != Float.BYTES || out.stride(1) != 1 || !OneDnn.isLoaded()) {
            return false;
        }
        Key key = Key.of(out, left, right, plus);
        if (!key.fits() || (bias != null && bias.stride(0) != 1)) {
            return false;
        }
        long toOut = OneDnn.address(out);
        long toLeft = OneDnn.address(left);
        long toRight = OneDnn.address(right);
        return Kernels.use(
                key,
                bias == null
                        ? product -> product.compute(toLeft, toRight, toOut)
                        : product -> product.compute(toLeft, toRight, toOut, OneDnn.address(bias)));
    }
}
