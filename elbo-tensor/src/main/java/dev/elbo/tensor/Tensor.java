package dev.elbo.tensor;

import dev.elbo.tensor.seam.Operand;
import dev.elbo.tensor.seam.Seam;
import dev.elbo.tensor.seam.SumSeam;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array on a device, with gradients. It belongs to the {@link Scope} it was made in
 * and is unusable after that closes.
 *
 * <p>Operations return new tensors; shapes broadcast as in NumPy, and dimensions may be counted from
 * the end. Types are not promoted silently: mixing integers with real numbers, or FLOAT64 with other
 * real numbers, is refused. The few methods that change a tensor, meant for buffers outside the graph
 * of gradients, are {@link #assign}, {@link #fill} and those named {@code …InPlace}.
 *
 * <p>Every operation throws IllegalArgumentException, naming itself and the shapes, if its operands do
 * not fit, and IllegalStateException, naming the scope, if one of them was freed.
 */
public final class Tensor {
    static {
        Backend.start();
    }

    private final org.bytedeco.pytorch.Tensor handle;
    private Scope scope;
    private @Nullable DType dtype;
    private boolean hooked;
    private @Nullable Tensor lowerHalfOf;
    private @Nullable Tensor upperHalfOf;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
        this.scope = Scope.current();
        scope.admit(this);
    }

    // ---- making ----

    /** FLOAT32 zeros. */
    public static Tensor zeros(Device device, long... shape) {
        return zeros(DType.FLOAT32, device, Shape.of(shape));
    }

    /** Zeros. */
    public static Tensor zeros(DType dtype, Device device, Shape shape) {
        return new Tensor(torch.torch_zeros(shape.sizes(), NativeTypes.options(dtype, device)));
    }

    /** A tensor whose elements are whatever the memory held. */
    static Tensor empty(DType dtype, Device device, Shape shape) {
        return new Tensor(
                torch.torch_empty(shape.sizes(), NativeTypes.options(dtype, device), new MemoryFormatOptional()));
    }

    /** A FLOAT32 number of rank 0. */
    public static Tensor scalar(double value, Device device) {
        return zeros(device).fill(value);
    }

    /** INT64 numbers 0, 1, … {@code count - 1}. */
    public static Tensor arange(long count, Device device) {
        return new Tensor(torch.torch_arange(new Scalar(count), NativeTypes.options(DType.INT64, device)));
    }

    /** A copy of the array on a device. */
    public static Tensor of(HostArray array, Device device) {
        Tensor host = zeros(array.dtype(), Device.CPU, array.shape());
        host.memory().put(array.bytes());
        return host.to(device);
    }

    /** A FLOAT32 copy of the values on the processor. */
    public static Tensor of(float[] values, long... shape) {
        return of(HostArray.of(values, shape), Device.CPU);
    }

    /** An INT64 copy of the values on the processor. */
    public static Tensor of(long[] values, long... shape) {
        return of(HostArray.of(values, shape), Device.CPU);
    }

    /** Zeros of this tensor's shape, type and device. */
    public Tensor zerosLike() {
        return map("zerosLike", torch::zeros_like);
    }

    // ---- what it is ----

    /** The sizes of its dimensions. */
    public Shape shape() {
        return shapeOf(handle());
    }

    /** The size of one dimension. */
    public long size(int dim) {
        try {
            return handle().size(dim);
        } catch (RuntimeException e) {
            throw Operands.explained("size", e, this);
        }
    }

    /** The number of dimensions. */
    public int rank() {
        return (int) handle().dim();
    }

    /** The type of its elements. */
    public DType dtype() {
        if (dtype == null) {
            dtype = NativeTypes.of(handle().scalar_type());
        }
        return dtype;
    }

    /** Where it lives. */
    public Device device() {
        return handle().is_cuda() ? Device.cuda(handle().device().index()) : Device.CPU;
    }

    /**
     * The value of a tensor with one element. Waits for the device.
     *
     * @throws IllegalArgumentException if there are more elements
     */
    public double item() {
        if (handle().numel() != 1) {
            throw new IllegalArgumentException("item() is for one element; got " + this);
        }
        return handle().item_double();
    }

    /** A copy in the JVM's memory. Waits for the device. */
    public HostArray toHost() {
        try (Scope scope = Scope.open("copy to the JVM")) {
            Tensor here = detach().to(Device.CPU).map("toHost", org.bytedeco.pytorch.Tensor::contiguous);
            ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(here.shape().elements() * dtype().bytes()));
            return new HostArray(dtype(), shape(), copy.put(here.memory()).flip());
        }
    }

    /** A copy of the elements as floats. Waits for the device. */
    public float[] toFloats() {
        return toHost().toFloats();
    }

    /** The elements of a contiguous tensor on the processor. */
    private ByteBuffer memory() {
        long bytes = handle().nbytes();
        if (bytes == 0) {
            return ByteBuffer.allocate(0);
        }
        BytePointer pointer = new BytePointer(handle().data_ptr()).capacity(bytes);
        return pointer.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- arithmetic, element by element ----

    /** {@code this + other}. */
    public Tensor plus(Tensor other) {
        return Seams.join(() -> Scope.hasSeams() ? SumSeam.apply(operand(), other.operand()) : null)
                .orElseGet(() -> with("plus", other, (a, b) -> a.add(b)));
    }

    /** {@code this + value}. */
    public Tensor plus(double value) {
        return with("plus", value, (a, b) -> a.add(b));
    }

    /** {@code this - other}. */
    public Tensor minus(Tensor other) {
        return with("minus", other, (a, b) -> a.sub(b));
    }

    /** {@code this - value}. */
    public Tensor minus(double value) {
        return with("minus", value, (a, b) -> a.sub(b));
    }

    /** {@code this · other}. */
    public Tensor times(Tensor other) {
        return with("times", other, (a, b) -> a.mul(b));
    }

    /** {@code this · value}. */
    public Tensor times(double value) {
        return with("times", value, (a, b) -> a.mul(b));
    }

    /** {@code this / other}, of real numbers. */
    public Tensor over(Tensor other) {
        Operands.refuseIntegers("over", this);
        return with("over", other, (a, b) -> a.div(b));
    }

    /** {@code this / value}, of real numbers. */
    public Tensor over(double value) {
        Operands.refuseIntegers("over", this);
        return with("over", value, (a, b) -> a.div(b));
    }

    /** {@code this + a · b} in one pass. */
    public Tensor plusProduct(Tensor a, Tensor b) {
        Operands.refuseMixing("plusProduct", this, a, b);
        return call("plusProduct", () -> torch.addcmul(handle(), a.handle(), b.handle()), this, a, b);
    }

    /** The larger of the two. */
    public Tensor maximum(Tensor other) {
        return with("maximum", other, torch::maximum);
    }

    /** The smaller of the two. */
    public Tensor minimum(Tensor other) {
        return with("minimum", other, torch::minimum);
    }

    /** {@code log(exp(this) + exp(other))}, without overflow. */
    public Tensor logAddExp(Tensor other) {
        return with("logAddExp", other, torch::logaddexp);
    }

    /** The nearest value in {@code [min, max]}; no gradient outside. */
    public Tensor clamp(double min, double max) {
        Operands.refuseFraction("clamp", this, min);
        Operands.refuseFraction("clamp", this, max);
        return map("clamp", a -> a.clamp(new ScalarOptional(number(min)), new ScalarOptional(number(max))));
    }

    /** {@code -this}. */
    public Tensor negate() {
        return map("negate", a -> a.neg());
    }

    /** {@code exp(this)}. */
    public Tensor exp() {
        return real("exp", a -> a.exp());
    }

    /** {@code exp(this) - 1}, exact near 0. */
    public Tensor expm1() {
        return real("expm1", a -> a.expm1());
    }

    /** The natural logarithm. */
    public Tensor log() {
        return real("log", a -> a.log());
    }

    /** {@code log(1 + this)}, exact near 0. */
    public Tensor log1p() {
        return real("log1p", a -> a.log1p());
    }

    /** The square. */
    public Tensor square() {
        return map("square", a -> a.square());
    }

    /** The square root. */
    public Tensor sqrt() {
        return real("sqrt", a -> a.sqrt());
    }

    /** {@code this^exponent}; of a negative number only a whole power is one. */
    public Tensor pow(double exponent) {
        return with("pow", exponent, (a, b) -> a.pow(b));
    }

    /** {@code this^exponent}, element by element. */
    public Tensor pow(Tensor exponent) {
        return with("pow", exponent, (a, b) -> a.pow(b));
    }

    /** {@code 1 / this}. */
    public Tensor reciprocal() {
        return real("reciprocal", a -> a.reciprocal());
    }

    /** {@code 1 / sqrt(this)}. */
    public Tensor rsqrt() {
        return real("rsqrt", a -> a.rsqrt());
    }

    /** The sine of an angle in radians. */
    public Tensor sin() {
        return real("sin", a -> a.sin());
    }

    /** The cosine of an angle in radians. */
    public Tensor cos() {
        return real("cos", a -> a.cos());
    }

    /** The angle in radians, from −π/2 to π/2, whose sine it is. */
    public Tensor asin() {
        return real("asin", a -> a.asin());
    }

    /** The absolute value. */
    public Tensor abs() {
        return map("abs", a -> a.abs());
    }

    /** The nearest integer. */
    public Tensor round() {
        return map("round", torch::round);
    }

    /** The largest integer that is not larger. */
    public Tensor floor() {
        return map("floor", a -> a.floor());
    }

    /** The error function, {@code 2 / √π ∫₀ˣ exp(-t²) dt}. */
    public Tensor erf() {
        return real("erf", a -> a.erf());
    }

    /** The inverse of the error function. */
    public Tensor erfInverse() {
        return real("erfInverse", torch::erfinv);
    }

    /** {@code log |Γ(this)|}; {@code Γ(n) = (n - 1)!}. */
    public Tensor logGamma() {
        return real("logGamma", a -> a.lgamma());
    }

    /** ψ, the derivative of {@code log Γ}. */
    public Tensor digamma() {
        return real("digamma", a -> a.digamma());
    }

    /** −1, 0 or 1. */
    public Tensor sign() {
        return map("sign", a -> a.sign());
    }

    /** The hyperbolic tangent. */
    public Tensor tanh() {
        return real("tanh", a -> a.tanh());
    }

    /** {@code 1 / (1 + exp(-this))}. */
    public Tensor sigmoid() {
        return real("sigmoid", a -> a.sigmoid());
    }

    /** {@code log(sigmoid(this))}, without overflow. */
    public Tensor logSigmoid() {
        return real("logSigmoid", torch::log_sigmoid);
    }

    /** {@code log(1 + exp(this))}, without overflow. */
    public Tensor softplus() {
        return real("softplus", torch::softplus);
    }

    /** {@code max(this, 0)}. */
    public Tensor relu() {
        return map("relu", a -> a.relu());
    }

    /** {@code this} where positive, a hundredth of it elsewhere. */
    public Tensor leakyRelu() {
        return map("leakyRelu", torch::leaky_relu);
    }

    /** {@code this} where positive, {@code exp(this) - 1} elsewhere. */
    public Tensor elu() {
        return real("elu", torch::elu);
    }

    /** {@code this · sigmoid(this)}. */
    public Tensor silu() {
        return real("silu", torch::silu);
    }

    /** {@code this · Φ(this)}. */
    public Tensor gelu() {
        return real("gelu", torch::gelu);
    }

    // ---- comparison and choice ----

    /** BOOL: {@code this < other}. */
    public Tensor lessThan(Tensor other) {
        return with("lessThan", other, (a, b) -> a.lt(b));
    }

    /** BOOL: {@code this < value}. */
    public Tensor lessThan(double value) {
        return with("lessThan", value, (a, b) -> a.lt(b));
    }

    /** BOOL: {@code this > other}. */
    public Tensor greaterThan(Tensor other) {
        return with("greaterThan", other, (a, b) -> a.gt(b));
    }

    /** BOOL: {@code this > value}. */
    public Tensor greaterThan(double value) {
        return with("greaterThan", value, (a, b) -> a.gt(b));
    }

    /** BOOL: {@code this ≥ other}. */
    public Tensor atLeast(Tensor other) {
        return with("atLeast", other, (a, b) -> a.ge(b));
    }

    /** BOOL: {@code this ≥ value}. */
    public Tensor atLeast(double value) {
        return with("atLeast", value, (a, b) -> a.ge(b));
    }

    /** BOOL: {@code this ≤ other}. */
    public Tensor atMost(Tensor other) {
        return with("atMost", other, (a, b) -> a.le(b));
    }

    /** BOOL: {@code this ≤ value}. */
    public Tensor atMost(double value) {
        return with("atMost", value, (a, b) -> a.le(b));
    }

    /** BOOL: {@code this = other}. */
    public Tensor equalTo(Tensor other) {
        return with("equalTo", other, (a, b) -> a.eq(b));
    }

    /** BOOL: {@code this = value}. */
    public Tensor equalTo(double value) {
        return with("equalTo", value, (a, b) -> a.eq(b));
    }

    /** BOOL: whether both are true. */
    public Tensor and(Tensor other) {
        Operands.requireBool("and", this, other);
        return with("and", other, (a, b) -> a.logical_and(b));
    }

    /** BOOL: whether one of them, or both, are true. */
    public Tensor or(Tensor other) {
        Operands.requireBool("or", this, other);
        return with("or", other, (a, b) -> a.logical_or(b));
    }

    /** BOOL: whether it is false. */
    public Tensor not() {
        Operands.requireBool("not", this);
        return map("not", a -> a.logical_not());
    }

    /** {@code a} where this BOOL tensor is true, {@code b} elsewhere. */
    public Tensor where(Tensor a, Tensor b) {
        Operands.refuseMixing("where", a, b);
        return call("where", () -> torch.where(handle(), a.handle(), b.handle()), this, a, b);
    }

    /** {@code value} where a BOOL mask, broadcast to this tensor's shape, is true; no gradient there. */
    public Tensor maskedFill(Tensor mask, double value) {
        Operands.requireBool("maskedFill", mask);
        Operands.refuseFraction("maskedFill", this, value);
        return call("maskedFill", () -> handle().masked_fill(mask.handle(), number(value)), this, mask);
    }

    /** BOOL of rank 0: no element is NaN or infinite. */
    public Tensor allFinite() {
        return map("allFinite", a -> a.isfinite().all());
    }

    // ---- reduction ----

    /** The sum over the dimensions, or over all if none is named. */
    public Tensor sum(int... dims) {
        return dims.length == 0 ? map("sum", a -> a.sum()) : map("sum", a -> a.sum(widen(dims)));
    }

    /** The mean over the dimensions, or over all if none is named. */
    public Tensor mean(int... dims) {
        return dims.length == 0 ? map("mean", a -> a.mean()) : map("mean", a -> a.mean(widen(dims)));
    }

    /** The sum over the last {@code count} dimensions: of an event. */
    public Tensor sumLast(int count) {
        return count == 0 ? this : sum(lastDims(count));
    }

    /** The variance over one dimension, of a sample: divided by n − 1. */
    public Tensor variance(int dim) {
        return map("variance", a -> a.var(new long[] {dim}, true, false));
    }

    /** {@code log Σ exp(this)} over one dimension, without overflow. */
    public Tensor logSumExp(int dim) {
        return real("logSumExp", a -> a.logsumexp(dim));
    }

    /** The logarithms of the softmax over one dimension. */
    public Tensor logSoftmax(int dim) {
        return real("logSoftmax", a -> torch.log_softmax(a, dim));
    }

    /** The softmax over one dimension. */
    public Tensor softmax(int dim) {
        return real("softmax", a -> torch.softmax(a, dim));
    }

    /** INT64: where the largest element of one dimension stands. */
    public Tensor argmax(int dim) {
        return map("argmax", a -> a.argmax(new LongOptional(dim), false));
    }

    /** The largest element over the dimensions, or of all if none is named; equal ones share its gradient. */
    public Tensor max(int... dims) {
        return map("max", a -> dims.length == 0 ? a.max() : a.amax(widen(dims), false));
    }

    /** The smallest element over the dimensions, or of all if none is named; equal ones share its gradient. */
    public Tensor min(int... dims) {
        return map("min", a -> dims.length == 0 ? a.min() : a.amin(widen(dims), false));
    }

    /** Sums of one dimension's elements up to each of them, itself included. */
    public Tensor cumsum(int dim) {
        return map("cumsum", a -> a.cumsum(dim));
    }

    /** The Euclidean norm of all elements. */
    public Tensor norm() {
        return map("norm", a -> a.norm());
    }

    // ---- order ----

    /** The elements along one dimension in order; equal ones keep theirs. */
    public Sorted sort(int dim, boolean descending) {
        return sorted("sort", a -> a.sort(new BoolOptional(true), dim, descending));
    }

    /** INT64: where the elements along one dimension stand that come first, second, … in order; equal ones keep theirs. */
    public Tensor argsort(int dim, boolean descending) {
        return map("argsort", a -> a.argsort(true, dim, descending));
    }

    /** The {@code count} largest elements along one dimension, the largest first. */
    public Sorted topk(long count, int dim) {
        return sorted("topk", a -> a.topk(count, dim, true, true));
    }

    private interface Pair {
        T_TensorTensor_T of(org.bytedeco.pytorch.Tensor a);
    }

    private Sorted sorted(String operation, Pair pair) {
        try (T_TensorTensor_T both = pair.of(handle())) {
            // handles of their own: those of the pair are freed with it
            return new Sorted(
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get0())),
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get1())));
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, this);
        }
    }

    private static long[] widen(int... dims) {
        return Arrays.stream(dims).asLongStream().toArray();
    }

    private static int[] lastDims(int count) {
        int[] dims = new int[count];
        Arrays.setAll(dims, i -> i - count);
        return dims;
    }

    // ---- products ----

    /** The matrix product of the last two dimensions. */
    public Tensor matmul(Tensor other) {
        Tensor product = with("matmul", other, (a, b) -> a.matmul(b));
        Arithmetic.count((double) product.shape().elements() * size(-1), this, other);
        return product;
    }

    /**
     * A sum of products in Einstein's notation: {@code einsum("bij,bjk->bik", a, b)} are products of matrices. A letter
     * that the result has not is summed over.
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        return joined("einsum " + equation, () -> torch.einsum(equation, vector(operands)), operands);
    }

    // ---- shape ----

    /** The same elements under another shape; one size may be −1. */
    public Tensor reshape(long... shape) {
        return map("reshape", a -> a.reshape(shape));
    }

    /** The same elements under another shape. */
    public Tensor reshape(Shape shape) {
        return reshape(shape.sizes());
    }

    /** Repeated, without copying, to a larger shape. */
    public Tensor expand(Shape shape) {
        return map("expand", a -> a.expand(shape.sizes()));
    }

    /** With a dimension of size 1 inserted. */
    public Tensor unsqueeze(int dim) {
        return map("unsqueeze", a -> a.unsqueeze(dim));
    }

    /**
     * Without this dimension of size 1.
     *
     * @throws IllegalArgumentException if it has another size
     */
    public Tensor squeeze(int dim) {
        if (size(dim) != 1) {
            throw new IllegalArgumentException(
                    "squeeze(" + this + "): dimension " + dim + " has size " + size(dim) + "; 1 was expected");
        }
        return map("squeeze", a -> a.squeeze(dim));
    }

    /** With two dimensions exchanged. */
    public Tensor transpose(int a, int b) {
        return map("transpose", t -> t.transpose(a, b));
    }

    /** With one dimension moved to another place. */
    public Tensor moveDim(int from, int to) {
        return map("moveDim", a -> a.movedim(from, to));
    }

    /** {@code length} entries of one dimension from {@code from} on, not copied. */
    public Tensor narrow(int dim, long from, long length) {
        return map("narrow", a -> a.narrow(dim, from, length));
    }

    /** With the dimensions' entries from the last to the first. */
    public Tensor flip(int... dims) {
        return map("flip", a -> a.flip(widen(dims)));
    }

    /** With entries of {@code value} before and after those of one dimension; a negative number takes entries away. */
    public Tensor pad(int dim, long before, long after, double value) {
        Operands.refuseFraction("pad", this, value);
        Shape shape = shape();
        int fromEnd = shape.rank() - 1 - shape.index(dim);
        long[] sizes = new long[2 * fromEnd + 2]; // the last dimension first
        sizes[2 * fromEnd] = before;
        sizes[2 * fromEnd + 1] = after;
        return map("pad", a -> torch.constant_pad_nd(a, sizes, number(value)));
    }

    /** With each entry of one dimension so many times, one after the other. */
    public Tensor repeatInterleave(int dim, long times) {
        return map("repeatInterleave", a -> a.repeat_interleave(times, new LongOptional(dim), new LongOptional()));
    }

    /** With entry i of one dimension {@code times[i]} times, an INT64 vector: waits for the device. */
    public Tensor repeatInterleave(int dim, Tensor times) {
        Operands.requireIndices("repeatInterleave", times);
        return call(
                "repeatInterleave",
                () -> handle().repeat_interleave(times.handle(), new LongOptional(dim), new LongOptional()),
                this,
                times);
    }

    /** The lower triangle of the last two dimensions, zeros above the diagonal of this number: 0 is the main one, 1 that above. */
    public Tensor tril(long diagonal) {
        return map("tril", a -> a.tril(diagonal));
    }

    /** The lower half of the last dimension, 0, or the upper one, 1, not copied: the two parameters that a network puts out. */
    public Tensor half(int which) {
        long size = size(-1);
        if (size % 2 != 0 || which < 0 || which > 1) {
            throw new IllegalArgumentException(
                    "half " + which + " of " + this + ": half 0 or 1 of an even last size was expected");
        }
        Tensor half = narrow(-1, which * size / 2, size / 2);
        if (which == 0) {
            half.lowerHalfOf = this;
        } else {
            half.upperHalfOf = this;
        }
        return half;
    }

    /** One entry of one dimension, which disappears. */
    public Tensor get(int dim, long index) {
        return map("get", a -> a.select(dim, index));
    }

    /** A copy of the entries of one dimension that an INT64 vector names. */
    public Tensor select(int dim, Tensor indices) {
        return call("select", () -> handle().index_select(dim, indices.handle()), this, indices);
    }

    /** One element of {@code dim} for each index: {@code out[i][j] = this[i][index[i][j]]} for the last. */
    public Tensor gather(int dim, Tensor indices) {
        return call("gather", () -> handle().gather(dim, indices.handle()), this, indices);
    }

    /**
     * A copy with elements of {@code source} at each index: {@code out[i][index[i][j]] = source[i][j]} for the last
     * dimension. Where two name one place, either may win: use {@link #scatterAdd} for sums.
     *
     * @param indices INT64, of source's shape
     */
    public Tensor scatter(int dim, Tensor indices, Tensor source) {
        Operands.requireOneShape("scatter", indices, source);
        return scattered("scatter", indices, source, () -> handle().scatter(dim, indices.handle(), source.handle()));
    }

    /**
     * The sum with elements of {@code source} at each index: {@code out[i][index[i][j]] += source[i][j]} for the last
     * dimension.
     *
     * @param indices INT64, of source's shape
     */
    public Tensor scatterAdd(int dim, Tensor indices, Tensor source) {
        Operands.requireOneShape("scatterAdd", indices, source);
        return scattered(
                "scatterAdd", indices, source, () -> handle().scatter_add(dim, indices.handle(), source.handle()));
    }

    /** The sum with entry i of {@code source}'s dimension at entry {@code indices[i]} of this one's, an INT64 vector. */
    public Tensor indexAdd(int dim, Tensor indices, Tensor source) {
        return scattered("indexAdd", indices, source, () -> handle().index_add(dim, indices.handle(), source.handle()));
    }

    private Tensor scattered(String operation, Tensor indices, Tensor source, Call call) {
        Operands.requireIndices(operation, indices);
        Operands.refuseMixing(operation, this, source);
        return call(operation, call, this, indices, source);
    }

    /** FLOAT32 {@code [..., classes]}: 1 at each INT64 element's place. */
    public Tensor oneHot(long classes) {
        return map("oneHot", a -> torch.one_hot(a, classes)).to(DType.FLOAT32);
    }

    /** The tensors one after the other along an existing dimension. */
    public static Tensor cat(int dim, Tensor... parts) {
        return joined("cat", () -> torch.cat(vector(parts), dim), parts);
    }

    /** The tensors one after the other along a new dimension. */
    public static Tensor stack(int dim, Tensor... parts) {
        return joined("stack", () -> torch.stack(vector(parts), dim), parts);
    }

    private static Tensor joined(String operation, Call call, Tensor... parts) {
        for (Tensor part : parts) {
            Operands.refuseMixing(operation, parts[0], part);
        }
        return call(operation, call, parts);
    }

    static TensorVector vector(Tensor... parts) {
        return new TensorVector(Arrays.stream(parts).map(Tensor::handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    /** With its elements one after the other; itself if they are. */
    Tensor contiguous() {
        return handle().is_contiguous() ? this : map("contiguous", org.bytedeco.pytorch.Tensor::contiguous);
    }

    // ---- type and place ----

    /** Converted to another type; itself if it has it. */
    public Tensor to(DType type) {
        return type == dtype() ? this : map("to", a -> a.to(NativeTypes.of(type)));
    }

    /** Copied to another device; itself if it is there. */
    public Tensor to(Device device) {
        return device.equals(device()) ? this : map("to", a -> a.to(NativeTypes.of(device), NativeTypes.of(dtype())));
    }

    /** A copy. */
    public Tensor copy() {
        return map("copy", org.bytedeco.pytorch.Tensor::clone);
    }

    // ---- gradients ----

    /** Marks a parameter: gradients are computed for it from now on. Returns itself. */
    public Tensor requireGradient() {
        return requireGradient(true);
    }

    /**
     * Whether gradients are computed for this parameter from now on: {@code false} freezes it, as it is, until {@code true}. Only
     * parameters, not what was computed from them, can be switched. Returns itself.
     */
    public Tensor requireGradient(boolean wanted) {
        if (!wanted && !handle().__dispatch_is_leaf()) {
            throw new IllegalArgumentException("requireGradient(false): " + this
                    + " was computed from parameters; freeze those, or use its detach()");
        }
        return change("requireGradient", a -> a.set_requires_grad(wanted));
    }

    /** Whether gradients are computed for it. */
    public boolean requiresGradient() {
        return handle().requires_grad();
    }

    /** The same values, cut from the graph: constant for gradients. */
    public Tensor detach() {
        return map("detach", org.bytedeco.pytorch.Tensor::detach);
    }

    /** Computes the gradients of this number and adds them to each parameter's {@link #gradient()}. */
    public void backward() {
        List<Seam> seams = scope.seams();
        if (seams.isEmpty()) {
            change("backward", a -> a.backward());
            return;
        }
        change("backward", a -> Seam.backwardFrom(a, new org.bytedeco.pytorch.Tensor()));
        try (GradientMode off = GradientMode.off()) {
            seams.forEach(Seam::sew);
        }
    }

    /**
     * The gradients of this number for each of the inputs, zeros where it does not depend on one; nothing is added to any
     * {@link #gradient()}. The graph is kept until its tensors are freed.
     *
     * @param inputs parameters, or what this number was computed from
     * @param createGraph whether the gradients can be differentiated in turn, as a penalty on them is
     * @throws IllegalStateException if this number was not computed within {@link Seams#off()}, and needed to be
     */
    public List<Tensor> gradients(List<Tensor> inputs, boolean createGraph) {
        return Gradients.of(this, inputs, createGraph);
    }

    /**
     * The gradient that {@link #backward()} has left.
     *
     * @throws IllegalStateException if there is none yet
     */
    public Tensor gradient() {
        org.bytedeco.pytorch.Tensor gradient = handle().grad();
        if (!gradient.defined()) {
            throw new IllegalStateException(this + " has no gradient: it was in no backward() yet");
        }
        // a handle of its own: that of libtorch is a part of this tensor, and is freed with it
        return new Tensor(new org.bytedeco.pytorch.Tensor(gradient));
    }

    /** Whether {@link #backward()} has left a gradient. */
    public boolean hasGradient() {
        return handle().grad().defined();
    }

    /**
     * Replaces, during {@link #backward()}, the gradient that arrives at this tensor, which must still be in the
     * scope that it is in now. A gradient may arrive in parts, each of which is replaced, so the replacement must be a
     * linear function. Returns itself.
     */
    public Tensor onGradient(UnaryOperator<Tensor> replacement) {
        TensorTensorHook hook = new TensorTensorHook() {
            @Override
            public TensorBase call(TensorBase gradient) {
                if (Scope.isOpen()) {
                    return replaced(gradient).handle();
                }
                try (Scope passing = Scope.open("gradient")) { // a thread of libtorch's, which serves a card
                    return scope.adopt(replaced(gradient)).handle();
                }
            }

            private Tensor replaced(TensorBase gradient) {
                return replacement.apply(new Tensor(new org.bytedeco.pytorch.Tensor(gradient)));
            }
        };
        handle().register_hook(hook);
        scope.own(hook);
        hooked = true;
        return this;
    }

    // ---- change in place ----

    /** Overwrites the elements with another tensor's. Returns itself. */
    public Tensor assign(Tensor values) {
        return change("assign", a -> a.copy_(values.handle()), values);
    }

    /** Overwrites every element. Returns itself. */
    public Tensor fill(double value) {
        return change("fill", value, (a, b) -> a.fill_(b));
    }

    /** Adds another tensor to this one. Returns itself. */
    public Tensor plusInPlace(Tensor other) {
        return change("plusInPlace", a -> a.add_(other.handle()), other);
    }

    /** Adds a number to every element. Returns itself. */
    public Tensor plusInPlace(double value) {
        return change("plusInPlace", value, (a, b) -> a.add_(b));
    }

    /** Adds {@code factor · a · b} to this tensor. Returns itself. */
    public Tensor plusProductInPlace(Tensor a, Tensor b, double factor) {
        return change("plusProductInPlace", factor, (c, f) -> c.addcmul_(a.handle(), b.handle(), f), a, b);
    }

    /** Multiplies this tensor by another. Returns itself. */
    public Tensor timesInPlace(Tensor other) {
        return change("timesInPlace", a -> a.mul_(other.handle()), other);
    }

    /** Multiplies every element by a number. Returns itself. */
    public Tensor timesInPlace(double value) {
        return change("timesInPlace", value, (a, b) -> a.mul_(b));
    }

    /** Moves a fraction {@code weight} of the way to {@code target}. Returns itself. */
    public Tensor lerpInPlace(Tensor target, double weight) {
        return change("lerpInPlace", weight, (a, b) -> a.lerp_(target.handle(), b), target);
    }

    /** Moves a fraction {@code weight}, of rank 0, of the way to {@code target}. Returns itself. */
    public Tensor lerpInPlace(Tensor target, Tensor weight) {
        return change("lerpInPlace", a -> a.lerp_(target.handle(), weight.handle()), target, weight);
    }

    // ---- calls into libtorch ----

    private interface Unary {
        org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor a);
    }

    private interface Binary {
        org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor a, org.bytedeco.pytorch.Tensor b);
    }

    private interface WithNumber {
        org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor a, Scalar b);
    }

    private interface Change {
        void of(org.bytedeco.pytorch.Tensor a);
    }

    /** A call whose result becomes a tensor of ours. */
    interface Call {
        org.bytedeco.pytorch.Tensor run();
    }

    private Tensor map(String operation, Unary unary) {
        try {
            return new Tensor(unary.of(handle()));
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, this);
        }
    }

    /** An operation on real numbers. */
    private Tensor real(String operation, Unary unary) {
        Operands.refuseIntegers(operation, this);
        return map(operation, unary);
    }

    private Tensor with(String operation, Tensor other, Binary binary) {
        Operands.refuseMixing(operation, this, other);
        try {
            return new Tensor(binary.of(handle(), other.handle()));
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, this, other);
        }
    }

    private Tensor with(String operation, double value, WithNumber withNumber) {
        Operands.refuseFraction(operation, this, value);
        try (Scalar scalar = number(value)) {
            return new Tensor(withNumber.of(handle(), scalar));
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, this);
        }
    }

    /** Changes this tensor, or what belongs to it, by others that may not be of another kind. */
    private Tensor change(String operation, Change change, Tensor... others) {
        Operands.refuseMixing(operation, this, others);
        try {
            change.of(handle());
            takeSeams(others);
            return this;
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, before(this, others));
        }
    }

    /** What was computed in an inner scope and is now a part of this tensor keeps its way to the parameters. */
    private void takeSeams(Tensor... others) {
        for (Tensor other : others) {
            if (other.requiresGradient() && GradientMode.isOn()) {
                scope.takeSeams();
                return;
            }
        }
    }

    private Tensor change(String operation, double value, WithNumber change, Tensor... others) {
        Operands.refuseFraction(operation, this, value);
        try (Scalar scalar = number(value)) {
            return change(operation, a -> change.of(a, scalar), others);
        }
    }

    private static Tensor[] before(Tensor first, Tensor... rest) {
        return all(new Tensor[] {first}, rest);
    }

    static Tensor[] all(Tensor[] first, Tensor... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(Tensor[]::new);
    }

    /** Runs a call of several operands, with our message if they do not fit. */
    static Tensor call(String operation, Call call, Tensor... operands) {
        try {
            return new Tensor(call.run());
        } catch (RuntimeException e) {
            throw Operands.explained(operation, e, operands);
        }
    }

    /** A number of this tensor's kind: libtorch makes FLOAT32 of integers that meet a double, even a whole one. */
    private Scalar number(double value) {
        return dtype().isFloatingPoint() ? new Scalar(value) : new Scalar((long) value);
    }

    org.bytedeco.pytorch.Tensor handle() {
        if (scope.isClosed()) {
            throw new IllegalStateException("this tensor was freed when its scope '" + scope.name()
                    + "' closed; scope.keep(tensor) moves one to the scope around");
        }
        if (handle.isNull()) {
            throw new IllegalStateException("this tensor was released from its scope '" + scope.name() + "'");
        }
        return handle;
    }

    Scope scope() {
        return scope;
    }

    /** This tensor as operations with gradients of our own see it. */
    Operand operand() {
        return new AsOperand(handle());
    }

    private final class AsOperand extends Operand {
        AsOperand(org.bytedeco.pytorch.Tensor handle) {
            super(handle);
        }

        @Override
        protected boolean isHooked() {
            return hooked;
        }

        @Override
        public String toString() {
            return Tensor.this.toString();
        }
    }

    /** The tensor whose lower and upper {@link #half} these two are, if gradients for it are computed and not replaced on the way. */
    static Optional<Tensor> whole(Tensor lower, Tensor upper) {
        Tensor whole = lower.lowerHalfOf;
        boolean fits = whole != null
                && whole == upper.upperHalfOf
                && GradientMode.isOn()
                && whole.requiresGradient()
                && !lower.hooked
                && !upper.hooked;
        return fits ? Optional.of(Objects.requireNonNull(whole)) : Optional.empty();
    }

    void moveTo(Scope other) {
        scope = other;
    }

    private static Shape shapeOf(org.bytedeco.pytorch.Tensor handle) {
        long[] sizes = new long[(int) handle.dim()];
        Arrays.setAll(sizes, handle::size);
        return Shape.of(sizes);
    }

    /** As in {@code FLOAT32 [128, 784]}. */
    @Override
    public String toString() {
        return scope.isClosed() || handle.isNull()
                ? "a freed tensor"
                : NativeTypes.of(handle.scalar_type()) + " " + shapeOf(handle);
    }
}
