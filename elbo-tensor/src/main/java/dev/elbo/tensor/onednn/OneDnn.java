package dev.elbo.tensor.onednn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The C interface of oneDNN 3, as far as matrix products and convolutions need it; libtorch has a copy of its own, which shows
 * nothing of it. A handle is an address; a call returns 0, or another number for why it failed.
 */
public final class OneDnn {
    /** Types of entries. */
    static final int BFLOAT16 = 2;

    static final int FLOAT32 = 3;

    /** What a memory is to a product, or to a convolution, whose image is on the left and whose weight is on the right. */
    static final int LEFT = 1;

    static final int RIGHT = 33;
    static final int BIAS = 41;
    static final int OUT = 17;
    static final int LEFT_GRADIENT = 129;
    static final int OUT_GRADIENT = 145;
    static final int RIGHT_GRADIENT = 161;

    /** What is copied to another layout, and where to. */
    static final int FROM = 1;

    static final int TO = 17;

    /** What a primitive computes in. */
    static final int ROOM = 80;

    /** The address of a memory that gets one later. */
    static final long NOWHERE = 0;

    private static final int PROCESSOR = 1;
    private static final int IN_ORDER = 1;

    /** By number, the names that {@code ONEDNN_MAX_CPU_ISA} takes. */
    private static final Map<Integer, String> INSTRUCTIONS = Map.of(
            0x1, "SSE41",
            0x3, "AVX",
            0x7, "AVX2",
            0xf, "AVX2_VNNI",
            0x1f, "AVX2_VNNI_2",
            0x27, "AVX512_CORE",
            0x67, "AVX512_CORE_VNNI",
            0xe7, "AVX512_CORE_BF16",
            0x1ef, "AVX512_CORE_FP16",
            0xfef, "AVX512_CORE_AMX");

    private static final int WITH_AVX2 = 0x7;
    private static final int WITH_BFLOAT16 = 0xe7;

    private static volatile @Nullable Boolean loaded;
    private static long engine;
    private static long stream;

    private OneDnn() {}

    /**
     * Whether it can be used here and has fast kernels; loads it when first asked, which must be after libtorch, whose OpenMP it
     * shares. If not, say because the disk is full where it would be unpacked, libtorch computes.
     */
    public static boolean isLoaded() {
        Boolean known = loaded;
        return known != null ? known : load();
    }

    private static synchronized boolean load() {
        Boolean known = loaded;
        if (known == null) {
            known = tryToLoad();
            loaded = known;
        }
        return known;
    }

    private static boolean tryToLoad() {
        String system = Loader.getPlatform();
        String file = system.startsWith("windows")
                ? "dnnl.dll"
                : system.startsWith("macosx") ? "libdnnl.3.dylib" : "libdnnl.so.3";
        try {
            File library = Loader.cacheResource(OneDnn.class, "/org/bytedeco/dnnl/" + system + "/" + file);
            if (library == null) {
                return false;
            }
            Native.register(OneDnn.class, NativeLibrary.getInstance(library.toString()));
            if (!has(WITH_AVX2)) {
                return false; // portable kernels, slower than libtorch's
            }
            long[] made = new long[1];
            check(dnnl_engine_create(made, PROCESSOR, 0));
            engine = made[0];
            check(dnnl_stream_create(made, engine, IN_ORDER));
            stream = made[0];
            return true;
        } catch (UnsatisfiedLinkError | IOException | IllegalStateException unusable) {
            return false;
        }
    }

    private static boolean has(int instructions) {
        return (dnnl_get_effective_cpu_isa() & instructions) == instructions;
    }

    /** The instructions that its kernels are made of, as in AVX512_CORE. */
    public static String instructions() {
        int number = dnnl_get_effective_cpu_isa();
        return INSTRUCTIONS.getOrDefault(number, String.format("0x%x", number));
    }

    /** Whether it multiplies factors in BFLOAT16 faster than in FLOAT32, because the processor does. */
    public static boolean isMadeForBfloat16() {
        return isLoaded() && has(WITH_BFLOAT16);
    }

    static native int dnnl_get_effective_cpu_isa();

    static native int dnnl_engine_create(long[] engine, int kind, long index);

    static native int dnnl_stream_create(long[] stream, long engine, int flags);

    static native int dnnl_memory_desc_create_with_strides(
            long[] description, int rank, long[] sizes, int type, long[] strides);

    static native int dnnl_memory_desc_create_with_tag(long[] description, int rank, long[] sizes, int type, int tag);

    static native long dnnl_memory_desc_get_size(long description);

    static native int dnnl_memory_desc_destroy(long description);

    static native int dnnl_primitive_attr_create(long[] attributes);

    static native int dnnl_primitive_attr_set_scratchpad_mode(long attributes, int mode);

    static native int dnnl_primitive_attr_set_post_ops(long attributes, long operations);

    static native int dnnl_primitive_attr_destroy(long attributes);

    static native int dnnl_post_ops_create(long[] operations);

    static native int dnnl_post_ops_append_sum(long operations, float scale, int zeroPoint, int type);

    static native int dnnl_post_ops_destroy(long operations);

    static native int dnnl_matmul_primitive_desc_create(
            long[] description, long engine, long left, long right, long bias, long out, long attributes);

    static native int dnnl_convolution_forward_primitive_desc_create(
            long[] description,
            long engine,
            int use,
            int algorithm,
            long x,
            long weight,
            long bias,
            long y,
            long[] strides,
            long[] gaps,
            long[] before,
            long[] after,
            long attributes);

    static native int dnnl_convolution_backward_data_primitive_desc_create(
            long[] description,
            long engine,
            int algorithm,
            long x,
            long weight,
            long y,
            long[] strides,
            long[] gaps,
            long[] before,
            long[] after,
            long forward,
            long attributes);

    static native int dnnl_convolution_backward_weights_primitive_desc_create(
            long[] description,
            long engine,
            int algorithm,
            long x,
            long weight,
            long bias,
            long y,
            long[] strides,
            long[] gaps,
            long[] before,
            long[] after,
            long forward,
            long attributes);

    static native int dnnl_reorder_primitive_desc_create(
            long[] description, long from, long fromEngine, long to, long toEngine, long attributes);

    static native int dnnl_primitive_desc_next_impl(long description);

    static native int dnnl_primitive_desc_query(long description, int what, int index, long[] answer);

    static native long dnnl_primitive_desc_query_md(long description, int what, int index);

    static native int dnnl_primitive_desc_destroy(long description);

    static native int dnnl_primitive_create(long[] primitive, long description);

    static native int dnnl_primitive_execute(long primitive, long stream, int count, long arguments);

    static native int dnnl_primitive_destroy(long primitive);

    static native int dnnl_memory_create(long[] memory, long description, long engine, long data);

    static native int dnnl_memory_set_data_handle(long memory, long data);

    static native int dnnl_memory_destroy(long memory);

    /** A processor that computes on the calling thread; threads share it. */
    static long engine() {
        return engine;
    }

    /** Where operations are computed at once; threads share it. */
    static long stream() {
        return stream;
    }

    /** Where a tensor's entries begin. */
    static long address(Tensor tensor) {
        return tensor.data_ptr().address();
    }

    /** FLOAT32, or BFLOAT16 if its entries are half as long. */
    static int type(Tensor factor) {
        return factor.element_size() == Float.BYTES ? FLOAT32 : BFLOAT16;
    }

    /** @throws IllegalStateException if a call failed */
    static void check(int status) {
        if (status != 0) {
            throw new IllegalStateException(
                    "oneDNN refused (status " + status + (status == 1 ? ", out of memory)" : ")"));
        }
    }
}
