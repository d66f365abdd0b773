package dev.elbo.tensor.onednn;

import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** What is described to oneDNN while a primitive is made, and freed afterwards, whether it was made or refused. */
final class Descriptions implements AutoCloseable {
    private static final int MOST_DIMENSIONS = 12;
    private static final int ANY_LAYOUT = 1;
    private static final int FORWARD = 64;
    private static final int DIRECT = 1;
    private static final int IMPLEMENTATION = 8;
    private static final int WEIGHTS = 131;
    private static final int WEIGHTS_GRADIENT = 132;
    private static final int ROOM = 136;
    private static final int OF_THE_CALLER = 1;

    private final Deque<Runnable> toFree = new ArrayDeque<>();

    private interface Maker {
        int make(long[] made);
    }

    private interface Destroyer {
        int destroy(long handle);
    }

    private long make(Maker maker, Destroyer destroyer) {
        long made = made(maker);
        toFree.push(() -> destroyer.destroy(made));
        return made;
    }

    /** A tensor of these sizes, whose next index in each dimension begins so many entries later. */
    long tensor(int type, long[] sizes, long[] strides) {
        return make(
                made -> OneDnn.dnnl_memory_desc_create_with_strides(
                        made, sizes.length, padded(sizes), type, padded(strides)),
                OneDnn::dnnl_memory_desc_destroy);
    }

    /** A tensor of these sizes, row by row. */
    long plain(int type, long... sizes) {
        long[] strides = new long[sizes.length];
        long next = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = next;
            next *= sizes[i];
        }
        return tensor(type, sizes, strides);
    }

    /** Images [N, C, H, W], of which a pixel's channels lie side by side. */
    long channelsLast(int type, long count, long channels, long height, long width) {
        return tensor(type, new long[] {count, channels, height, width}, new long[] {
            height * width * channels, 1, width * channels, channels
        });
    }

    /** A tensor that lies as the primitive likes best. */
    long anyLayout(int type, long... sizes) {
        return make(
                made -> OneDnn.dnnl_memory_desc_create_with_tag(made, sizes.length, padded(sizes), type, ANY_LAYOUT),
                OneDnn::dnnl_memory_desc_destroy);
    }

    private static long[] padded(long[] sizes) {
        return Arrays.copyOf(sizes, MOST_DIMENSIONS);
    }

    /**
     * Attributes of an operation that computes in memory of the caller's.
     *
     * @param adds its result to what is there
     */
    long attributes(boolean adds) {
        long attributes = make(OneDnn::dnnl_primitive_attr_create, OneDnn::dnnl_primitive_attr_destroy);
        OneDnn.check(OneDnn.dnnl_primitive_attr_set_scratchpad_mode(attributes, OF_THE_CALLER));
        if (adds) {
            long operations = make(OneDnn::dnnl_post_ops_create, OneDnn::dnnl_post_ops_destroy);
            OneDnn.check(OneDnn.dnnl_post_ops_append_sum(operations, 1, 0, 0));
            OneDnn.check(OneDnn.dnnl_primitive_attr_set_post_ops(attributes, operations));
        }
        return attributes;
    }

    private long primitive(Maker maker) {
        return make(maker, OneDnn::dnnl_primitive_desc_destroy);
    }

    /** out = left · right + bias, or out += that; a bias of 0 is none. */
    long matmul(long left, long right, long bias, long out, boolean adds) {
        long attributes = attributes(adds);
        return primitive(made ->
                OneDnn.dnnl_matmul_primitive_desc_create(made, OneDnn.engine(), left, right, bias, out, attributes));
    }

    /** Copies one layout to another. */
    long reorder(long from, long to) {
        long attributes = attributes(false);
        return primitive(made -> OneDnn.dnnl_reorder_primitive_desc_create(
                made, from, OneDnn.engine(), to, OneDnn.engine(), attributes));
    }

    /**
     * How a kernel moves over the rows and columns of an image, and the margins of zeros around it.
     *
     * @param before rows above, and columns to the left
     */
    record Steps(long stride, long before, long rowsAfter, long columnsAfter) {
        private static final long[] NO_GAPS = new long[2];

        private long[] strides() {
            return new long[] {stride, stride};
        }

        private long[] margin() {
            return new long[] {before, before};
        }

        private long[] marginAfter() {
            return new long[] {rowsAfter, columnsAfter};
        }
    }

    /** y = x ⋆ weight + bias; a bias of 0 is none. */
    long convolution(long x, long weight, long bias, long y, Steps steps) {
        long attributes = attributes(false);
        return primitive(made -> OneDnn.dnnl_convolution_forward_primitive_desc_create(
                made,
                OneDnn.engine(),
                FORWARD,
                DIRECT,
                x,
                weight,
                bias,
                y,
                steps.strides(),
                Steps.NO_GAPS,
                steps.margin(),
                steps.marginAfter(),
                attributes));
    }

    /** The gradient of x in {@code forward}, by the first implementation that is not known to be slow, or the very first if all are. */
    long convolutionInput(long x, long weight, long y, Steps steps, long forward, Predicate<String> isSlow) {
        long attributes = attributes(false);
        Maker first = made -> OneDnn.dnnl_convolution_backward_data_primitive_desc_create(
                made,
                OneDnn.engine(),
                DIRECT,
                x,
                weight,
                y,
                steps.strides(),
                Steps.NO_GAPS,
                steps.margin(),
                steps.marginAfter(),
                forward,
                attributes);
        long description = primitive(first);
        while (isSlow.test(implementation(description))) {
            if (OneDnn.dnnl_primitive_desc_next_impl(description) != 0) {
                return primitive(first);
            }
        }
        return description;
    }

    /** The gradient of the weight in {@code forward}. */
    long convolutionWeight(long x, long weight, long y, Steps steps, long forward) {
        long attributes = attributes(false);
        return primitive(made -> OneDnn.dnnl_convolution_backward_weights_primitive_desc_create(
                made,
                OneDnn.engine(),
                DIRECT,
                x,
                weight,
                0,
                y,
                steps.strides(),
                Steps.NO_GAPS,
                steps.margin(),
                steps.marginAfter(),
                forward,
                attributes));
    }

    private static String implementation(long primitive) {
        long name = made(answer -> OneDnn.dnnl_primitive_desc_query(primitive, IMPLEMENTATION, 0, answer));
        return new Pointer(name).getString(0);
    }

    /** How a primitive wants its weight to lie; freed with the primitive. */
    static long weight(long primitive) {
        return OneDnn.dnnl_primitive_desc_query_md(primitive, WEIGHTS, 0);
    }

    /** How a primitive leaves its weight's gradient; freed with the primitive. */
    static long weightGradient(long primitive) {
        return OneDnn.dnnl_primitive_desc_query_md(primitive, WEIGHTS_GRADIENT, 0);
    }

    /** A primitive as it is described here, to be used for itself. */
    static Primitive build(long description, List<Argument> arguments) {
        List<Argument> all = new ArrayList<>(arguments);
        long room = OneDnn.dnnl_primitive_desc_query_md(description, ROOM, 0);
        long bytes = room == 0 ? 0 : OneDnn.dnnl_memory_desc_get_size(room);
        if (bytes > 0) {
            all.add(new Argument(OneDnn.ROOM, room));
        }
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            long primitive = made(made -> OneDnn.dnnl_primitive_create(made, description));
            undo.push(() -> OneDnn.dnnl_primitive_destroy(primitive));
            int[] roles = new int[all.size()];
            long[] memories = new long[all.size()];
            for (int i = 0; i < roles.length; i++) {
                Argument argument = all.get(i);
                long memory = made(
                        made -> OneDnn.dnnl_memory_create(made, argument.description, OneDnn.engine(), OneDnn.NOWHERE));
                undo.push(() -> OneDnn.dnnl_memory_destroy(memory));
                roles[i] = argument.role;
                memories[i] = memory;
            }
            return new Primitive(primitive, roles, memories, bytes);
        } catch (IllegalStateException refused) {
            undo.forEach(Runnable::run);
            throw refused;
        }
    }

    private static long made(Maker maker) {
        long[] made = new long[1];
        OneDnn.check(maker.make(made));
        return made[0];
    }

    /** What a primitive reads or writes. */
    record Argument(int role, long description) {}

    @Override
    public void close() {
        toFree.forEach(Runnable::run);
    }
}
