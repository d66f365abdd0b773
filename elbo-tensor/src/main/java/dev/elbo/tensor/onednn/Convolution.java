package dev.elbo.tensor.onednn;

import dev.elbo.tensor.onednn.Descriptions.Argument;
import dev.elbo.tensor.onednn.Descriptions.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The cross-correlation y = x ⋆ weight + bias, [N, in, H, W] → [N, out, H', W'], and its gradients, on the calling thread
 * alone: by oneDNN, and where it cannot by libtorch. x and y lie channels last, the rest row by row. The gradient of x, computed
 * from y, is the transposed convolution of y. All are of one type; or what is multiplied is BFLOAT16, to which the weight is
 * rounded, and what is computed FLOAT32.
 *
 * @param stride of rows and columns
 * @param padding rows and columns of zeros on each side
 */
public record Convolution(long stride, long padding) {
    private static final int FEW_CHANNELS = 5;

    /** Where y is narrower, oneDNN 3.11 computes the weight's gradient from BFLOAT16 and from what memory happens to hold. */
    private static final int LEAST_COLUMNS = 3;

    private enum Wanted {
        Y,
        X,
        WEIGHT
    }

    /** The type of what is multiplied, and all sizes. */
    private record Work(
            Wanted wanted,
            int factors,
            long count,
            long in,
            long height,
            long width,
            long out,
            long outHeight,
            long outWidth,
            long kernelHeight,
            long kernelWidth,
            long stride,
            long padding,
            boolean hasBias)
            implements Kernels.Work<Packed> {

        @Override
        public Packed make() {
            try (Descriptions made = new Descriptions()) {
                long x = x(made, wanted == Wanted.X ? OneDnn.FLOAT32 : factors);
                long y = y(made, wanted == Wanted.Y ? OneDnn.FLOAT32 : factors);
                long weight = weight(made, wanted == Wanted.WEIGHT ? OneDnn.FLOAT32 : factors);
                long plain = made.plain(OneDnn.FLOAT32, out, in, kernelHeight, kernelWidth);
                long bias = hasBias ? made.plain(OneDnn.FLOAT32, out) : 0;
                Steps steps = new Steps(
                        stride, padding, after(height, outHeight, kernelHeight), after(width, outWidth, kernelWidth));
                boolean readsWeight = wanted != Wanted.WEIGHT;
                long convolution = switch (wanted) {
                    case Y -> made.convolution(x, weight, bias, y, steps);
                    case X -> made.convolutionInput(x, weight, y, steps, forward(made, steps), this::isSlow);
                    case WEIGHT -> made.convolutionWeight(x, weight, y, steps, forward(made, steps));
                };
                long packed = readsWeight ? Descriptions.weight(convolution) : Descriptions.weightGradient(convolution);
                List<Argument> arguments = new ArrayList<>(List.of(
                        new Argument(readsWeight ? OneDnn.RIGHT : OneDnn.RIGHT_GRADIENT, packed),
                        new Argument(wanted == Wanted.X ? OneDnn.LEFT_GRADIENT : OneDnn.LEFT, x),
                        new Argument(wanted == Wanted.Y ? OneDnn.OUT : OneDnn.OUT_GRADIENT, y)));
                if (hasBias) {
                    arguments.add(new Argument(OneDnn.BIAS, bias));
                }
                return packed(
                        OneDnn.dnnl_memory_desc_get_size(packed),
                        Descriptions.build(
                                readsWeight ? made.reorder(plain, packed) : made.reorder(packed, plain),
                                List.of(
                                        new Argument(readsWeight ? OneDnn.FROM : OneDnn.TO, plain),
                                        new Argument(readsWeight ? OneDnn.TO : OneDnn.FROM, packed))),
                        convolution,
                        arguments);
            }
        }

        private Packed packed(long bytes, Primitive packing, long convolution, List<Argument> arguments) {
            try {
                return new Packed(bytes, wanted != Wanted.WEIGHT, packing, Descriptions.build(convolution, arguments));
            } catch (IllegalStateException refused) {
                packing.free();
                throw refused;
            }
        }

        private long x(Descriptions made, int type) {
            return made.channelsLast(type, count, in, height, width);
        }

        private long y(Descriptions made, int type) {
            return made.channelsLast(type, count, out, outHeight, outWidth);
        }

        private long weight(Descriptions made, int type) {
            return made.anyLayout(type, out, in, kernelHeight, kernelWidth);
        }

        /** What gradients are the gradients of. */
        private long forward(Descriptions made, Steps steps) {
            return made.convolution(x(made, factors), weight(made, factors), 0, y(made, factors), steps);
        }

        /** Rows of zeros behind the last one, or a negative number of rows that no kernel reaches. */
        private long after(long size, long outSize, long kernel) {
            return (outSize - 1) * stride + kernel - size - padding;
        }

        /**
         * For gradients of images with strides, oneDNN 3.11 prefers what took 1.1 to 1.9 times as long as its next
         * implementation (Zen 4, 12 to 128 channels, called from C), and for one and three channels 1.5 to 2.7 times as
         * long as its last one.
         */
        private boolean isSlow(String implementation) {
            if (stride == 1) {
                return false;
            }
            return (in < FEW_CHANNELS && factors == OneDnn.FLOAT32)
                    ? !implementation.contains("gemm")
                    : implementation.startsWith("brgconv_strided:avx") && !implementation.contains("amx");
        }
    }

    /** A convolution, and what brings the weight to lie as it wants it, or its gradient back. */
    private static final class Packed implements Kernels.Kernel {
        private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

        private final long bytes;
        private final boolean readsWeight;
        private final Primitive packing;
        private final Primitive convolution;

        /**
         * @param bytes of the packed weight
         * @param packing from the weight to the packed one, or back if the convolution does not read it
         */
        Packed(long bytes, boolean readsWeight, Primitive packing, Primitive convolution) {
            this.bytes = bytes;
            this.readsWeight = readsWeight;
            this.packing = packing;
            this.convolution = convolution;
        }

        /** @param imagesAndBias addresses of x, y, and of the bias if there is one */
        void compute(long weight, long... imagesAndBias) {
            long packed = ROOM.get().address(bytes);
            long[] addresses = new long[imagesAndBias.length + 1];
            addresses[0] = packed;
            System.arraycopy(imagesAndBias, 0, addresses, 1, imagesAndBias.length);
            if (readsWeight) {
                packing.compute(weight, packed);
            }
            convolution.compute(addresses);
            if (!readsWeight) {
                packing.compute(weight, packed);
            }
        }

        @Override
        public void free() {
            packing.free();
            convolution.free();
        }
    }

    /** Does nothing, and says so, where oneDNN cannot. */
    private boolean compute(Wanted wanted, Tensor x, Tensor weight, Tensor y, @Nullable Tensor bias) {
        if (weight.element_size() != Float.BYTES
                || !weight.is_contiguous()
                || !x.is_contiguous(torch.MemoryFormat.ChannelsLast)
                || !y.is_contiguous(torch.MemoryFormat.ChannelsLast)) {
            return false;
        }
        Work work = new Work(
                wanted,
                OneDnn.type(wanted == Wanted.X ? y : x),
                x.size(0),
                x.size(1),
                x.size(2),
                x.size(3),
                y.size(1),
                y.size(2),
                y.size(3),
                weight.size(2),
                weight.size(3),
                stride,
                padding,
                bias != null);
        long toWeight = OneDnn.address(weight);
        long toX = OneDnn.address(x);
        long toY = OneDnn.address(y);
        return Kernels.use(
                work,
                bias == null
                        ? kernel -> kernel.compute(toWeight, toX, toY)
                        : kernel -> kernel.compute(toWeight, toX, toY, OneDnn.address(bias)));
    }

    /** Whether there is such a one, transposed with so many more rows or columns of x than {@link #large}. */
    public boolean isPossible(long[] extra) {
        return stride >= 1 && padding >= 0 && Arrays.stream(extra).allMatch(more -> more >= 0 && more < stride);
    }

    /** How many rows or columns y has. */
    public long small(long size, long kernel) {
        return Math.floorDiv(size + 2 * padding - kernel, stride) + 1;
    }

    /** How many rows or columns x has at least, if y has so many. */
    public long large(long size, long kernel) {
        return (size - 1) * stride - 2 * padding + kernel;
    }

    /** y = x ⋆ weight + bias. */
    public void into(Tensor y, Tensor x, Tensor weight, @Nullable Tensor bias) {
        if (!compute(Wanted.Y, x, weight, y, bias)) {
            TensorOptional plus = bias == null ? new TensorOptional() : new TensorOptional(bias);
            y.copy_(torch.conv2d(x.type_as(weight), weight, plus, both(stride), both(padding), both(1), 1));
        }
    }

    /** x = the sum of the kernels that each entry of y stands for: the gradient of x if y is that of y. */
    public void transposedInto(Tensor x, Tensor y, Tensor weight) {
        if (!compute(Wanted.X, x, weight, y, null)) {
            long[] extra = {x.size(2) - large(y.size(2), weight.size(2)), x.size(3) - large(y.size(3), weight.size(3))};
            x.copy_(torch.conv_transpose2d(
                    y.type_as(weight), weight, new TensorOptional(), both(stride), both(padding), extra, 1, both(1)));
        }
    }

    /** The gradient of the weight, given x and the gradient of y. */
    public void weightInto(Tensor weight, Tensor x, Tensor y) {
        if (x.element_size() != weight.element_size() && stride > 1 && padding > 0 && y.size(3) < LEAST_COLUMNS) {
            weightInto(weight, x.type_as(weight), y.type_as(weight));
        } else if (!compute(Wanted.WEIGHT, x, weight, y, null)) {
            try (BoolPointer wanted = new BoolPointer(3)) {
                wanted.put(0, false).put(1, true).put(2, false);
                long[] noBias = {0};
                Tensor gradient = y.type_as(weight);
                weight.copy_(torch.convolution_backward(
                                gradient,
                                x.type_as(weight),
                                weight,
                                noBias,
                                both(stride),
                                both(padding),
                                both(1),
                                false,
                                both(0),
                                1,
                                wanted)
                        .get1());
            }
        }
    }

    private static long[] both(long size) {
        return new long[] {size, size};
    }
}
