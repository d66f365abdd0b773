package dev.elbo.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param dtype the type of its elements
 * @param shape the sizes of its dimensions
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record TensorSlice(DType dtype, Shape shape, long begin, long end) {
    private static final Map<String, DType> TYPES = Map.of(
            "F64", DType.FLOAT64,
            "F32", DType.FLOAT32,
            "BF16", DType.BFLOAT16,
            "F16", DType.FLOAT16,
            "I64", DType.INT64,
            "I32", DType.INT32,
            "I16", DType.INT16,
            "I8", DType.INT8,
            "U8", DType.UINT8,
            "BOOL", DType.BOOL);

    /** The place of a tensor that begins at byte {@code begin}. */
    static TensorSlice of(HostArray tensor, long begin) {
        return new TensorSlice(
                tensor.dtype(), tensor.shape(), begin, begin + tensor.bytes().remaining());
    }

    /** The tensor, as a view of a file with a header of {@code start} bytes. */
    HostArray map(FileChannel channel, long start) throws IOException {
        return new HostArray(dtype, shape, channel.map(FileChannel.MapMode.READ_ONLY, start + begin, end - begin));
    }

    /** As the header spells it. */
    Json json() {
        String name = TYPES.entrySet().stream()
                .filter(type -> type.getValue() == dtype)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return new Json(name, Arrays.stream(shape.sizes()).boxed().toList(), List.of(begin, end));
    }

    /** {@code {"dtype": "F32", "shape": [20], "data_offsets": [0, 80]}}. */
    record Json(
            String dtype,
            List<Long> shape,
            @JsonProperty("data_offsets") List<Long> offsets) {

        /**
         * The place that this spells.
         *
         * @throws InvalidFileException if no {@link HostArray} can have the type and the shape, or the
         *     offsets are not as far apart as its elements are long
         */
        TensorSlice slice(String name, Path file) throws InvalidFileException {
            DType type = TYPES.get(dtype);
            if (type == null) {
                String readable = String.join(", ", new TreeSet<>(TYPES.keySet()));
                String problem = "holds a tensor '" + name + "' of type " + dtype + ", and Elbo reads " + readable;
                throw new InvalidFileException(file, problem, "Convert it to one of them");
            }
            if (!fits(type)) {
                String problem = "is damaged: its tensor '" + name + "', " + dtype + " " + shape
                        + ", cannot lie at bytes " + offsets;
                throw new InvalidFileException(file, problem, InvalidFileException.REPLACE);
            }
            if (offsets.get(1) - offsets.get(0) > Integer.MAX_VALUE) {
                String problem =
                        "holds a tensor '" + name + "', " + dtype + " " + shape + ", that is too large for Elbo";
                throw new InvalidFileException(file, problem, "Split it into tensors below 2 GiB");
            }
            return new TensorSlice(type, sizes(), offsets.get(0), offsets.get(1));
        }

        private boolean fits(DType type) {
            try {
                long bytes = Math.multiplyExact(sizes().elements(), (long) type.bytes());
                return offsets.size() == 2
                        && offsets.get(0) >= 0
                        && Math.subtractExact(offsets.get(1), offsets.get(0)) == bytes;
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                return false;
            }
        }

        private Shape sizes() {
            return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
