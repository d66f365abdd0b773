package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * An array as it was read, and as what it can be understood.
 *
 * @param origin the file, or the part of it, for messages
 * @param array its elements, or some rows of them
 * @param row which row of all each of these is
 */
record NamedArray(String origin, HostArray array, LongUnaryOperator row) {
    /** Beyond so many classes, numbers are more likely something else. */
    private static final int MAX_CLASSES = 10_000;

    /** All of an array. */
    NamedArray(String origin, HostArray array) {
        this(origin, array, row -> row);
    }

    /**
     * Images, UINT8 or FLOAT32 [N, C, H, W], or rows of numbers, FLOAT32 [N, D].
     *
     * @throws InvalidFileException if the shape is neither images' nor rows', or the numbers are not
     */
    HostArray asObservations() throws InvalidFileException {
        return array.shape().rank() == 2 ? rows() : pixels();
    }

    private HostArray rows() throws InvalidFileException {
        float[] values = array.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw invalid("has the value " + values[i] + " at " + index(i), "Remove rows with missing values");
            }
        }
        return HostArray.of(values, array.shape().sizes());
    }

    private HostArray pixels() throws InvalidFileException {
        HostArray levels = levels();
        long[] s = array.shape().sizes();
        if (s.length == 3) {
            return levels.reshape(s[0], 1, s[1], s[2]);
        }
        if (s.length == 4 && isChannels(s[1])) {
            return levels;
        }
        if (s.length == 4 && isChannels(s[3])) {
            return channelsFirst(levels);
        }
        String shapes = "[N, H, W], [N, C, H, W] or [N, H, W, C] with 1 or 3 channels, or of rows [N, D]";
        throw invalid("has the shape " + array.shape(), "Give an array of images " + shapes);
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    /** Brightness in one of the two ways in which an image has it. */
    private HostArray levels() throws InvalidFileException {
        if (array.dtype() == DType.UINT8) {
            return array;
        }
        if (array.dtype() == DType.BOOL) {
            return blackAndWhite();
        }
        if (!array.dtype().isFloatingPoint()) {
            throw invalid(
                    "has pixels of type " + array.dtype() + ", and images are UINT8, 0 to 255, or floats, 0 to 1",
                    "Convert them: array.astype('uint8')");
        }
        return unitInterval();
    }

    private HostArray blackAndWhite() {
        ByteBuffer in = array.bytes();
        byte[] levels = new byte[in.remaining()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (in.get(i) == 0 ? 0 : 255);
        }
        return HostArray.of(levels, array.shape().sizes());
    }

    private HostArray unitInterval() throws InvalidFileException {
        float[] values = array.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) { // so that NaN is found too
                throw invalid(
                        "has the value " + values[i] + " at " + index(i) + ", and floats are expected from 0 to 1",
                        "Divide by the largest possible value, or store bytes: array.astype('uint8')");
            }
        }
        return array.dtype() == DType.FLOAT32
                ? array
                : HostArray.of(values, array.shape().sizes());
    }

    /** From [N, H, W, C] to [N, C, H, W]. */
    private static HostArray channelsFirst(HostArray levels) {
        long[] s = levels.shape().sizes();
        int pixels = (int) (s[1] * s[2]);
        int channels = (int) s[3];
        int width = levels.dtype().bytes();
        ByteBuffer from = levels.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.remaining());
        for (int target = 0; target < to.capacity() / width; target++) {
            int image = target / (channels * pixels);
            int channel = target / pixels % channels;
            int source = (image * pixels + target % pixels) * channels + channel;
            to.put(target * width, from, source * width, width);
        }
        return new HostArray(levels.dtype(), Shape.of(s[0], s[3], s[1], s[2]), to);
    }

    /**
     * The numbers of classes, INT64 [N].
     *
     * @throws InvalidFileException if they are not whole numbers from 0, one for each observation
     */
    HostArray asLabels() throws InvalidFileException {
        Shape shape = array.shape();
        boolean onePerRow = shape.rank() == 1 || (shape.rank() == 2 && shape.size(1) == 1);
        if (!onePerRow || array.dtype().isFloatingPoint()) {
            throw invalid(
                    "is " + array + ", and labels are whole numbers [N]", "Store the index of each image's class");
        }
        long[] labels = array.toLongs();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= MAX_CLASSES) {
                throw invalid("has the label " + labels[i] + " at " + index(i), "Number the classes 0, 1, 2 and so on");
            }
        }
        return HostArray.of(labels, labels.length);
    }

    /** Where an element is, as in [3, 0, 27]. */
    private String index(int element) {
        long[] index = array.shape().sizes();
        long rest = element;
        for (int dim = index.length - 1; dim >= 0; dim--) {
            long size = index[dim];
            index[dim] = rest % size;
            rest /= size;
        }
        index[0] = row.applyAsLong(index[0]);
        return Arrays.toString(index);
    }

    private InvalidFileException invalid(String problem, String remedy) {
        return new InvalidFileException(origin, problem, remedy, null);
    }
}
