package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * What arrays hold, as a model observes it: images, UINT8 or FLOAT32 [N, C, H, W], or rows of numbers, FLOAT32 [N, D]. What is
 * found out about their numbers, is found out of all splits together.
 *
 * @param range which numbers are black and white, of images that are not stored as bytes
 * @param areBytesBinary whether all bytes are 0 or 1
 */
record Observations(Optional<FoundRange> range, boolean areBytesBinary) {
    private static final int LEVELS = 255;

    /** Shorter rows are hardly images. */
    private static final int LEAST_PIXELS = 64;

    /**
     * Looks at all arrays of a data set.
     *
     * @param known which numbers are black and white, or {@link PixelRange#AUTO}
     * @throws InvalidFileException naming a pixel that is no finite number
     */
    static Observations of(Collection<NamedRows> arrays, PixelRange known) throws InvalidFileException {
        List<NamedRows> bytes = new ArrayList<>();
        List<NamedRows> others = new ArrayList<>();
        for (NamedRows array : arrays) {
            DType type = array.rows().dtype();
            if (array.rows().shape().rank() > 2 && type != DType.BOOL) {
                (type == DType.UINT8 ? bytes : others).add(array);
            }
        }
        return new Observations(
                others.isEmpty() ? Optional.empty() : Optional.of(FoundRange.of(others, known)), areBinary(bytes));
    }

    private static boolean areBinary(List<NamedRows> arrays) throws InvalidFileException {
        int[] greatest = {0};
        for (NamedRows array : arrays) {
            array.forEachPortion((some, from) -> {
                ByteBuffer bytes = some.bytes();
                while (greatest[0] <= 1 && bytes.hasRemaining()) {
                    greatest[0] = Math.max(greatest[0], bytes.get() & 0xff);
                }
                return greatest[0] <= 1;
            });
        }
        return greatest[0] == 1;
    }

    /**
     * The observations of an array.
     *
     * @throws InvalidFileException if it is of no shape that images or rows have, or a number of a row is not finite
     */
    RowSource observed(NamedRows array) throws InvalidFileException {
        if (array.rows().shape().rank() == 2) {
            return array.changed((some, row) -> row(array, some, row));
        }
        Layout layout = Layout.of(array);
        return array.changed((some, row) -> layout.arranged(brought(some)));
    }

    /** The range that other arrays are to be brought to 0 … 1 from, too. */
    PixelRange toKeep() {
        return range.map(FoundRange::toKeep).orElse(PixelRange.AUTO);
    }

    private static HostArray row(NamedRows array, HostArray some, LongUnaryOperator row) throws InvalidFileException {
        float[] values = some.toFloats();
        int columns = (int) some.shape().size(1);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw array.invalid(
                        "has the value " + values[i] + " in row " + row.applyAsLong(i / columns) + ", column "
                                + i % columns + ", both counted from 0",
                        "Keep the rows of finite numbers: array[np.isfinite(array).all(axis=1)]");
            }
        }
        return HostArray.of(values, some.shape().sizes());
    }

    private HostArray brought(HostArray some) {
        return switch (some.dtype()) {
            case BOOL -> blackAndWhite(some);
            case UINT8 -> areBytesBinary ? blackAndWhite(some) : some;
            default -> range.orElseThrow().range().brought(some);
        };
    }

    private static HostArray blackAndWhite(HostArray some) {
        ByteBuffer in = some.bytes();
        byte[] levels = new byte[in.remaining()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (in.get(i) == 0 ? 0 : LEVELS);
        }
        return HostArray.of(levels, some.shape().sizes());
    }

    /** Notes for the user on how arrays were taken, in sentences without a full stop. */
    List<String> notes(Collection<NamedRows> arrays) throws InvalidFileException {
        List<String> notes = new ArrayList<>();
        range.ifPresent(found -> notes.addAll(found.notes()));
        if (areBytesBinary) {
            notes.add("bytes that are all 0 or 1 were taken for black and white");
        }
        Map<String, NamedRows> byNote = new TreeMap<>();
        for (NamedRows array : arrays) {
            note(array).ifPresent(note -> byNote.put(note, array));
        }
        notes.addAll(byNote.keySet());
        return notes;
    }

    private static Optional<String> note(NamedRows array) throws InvalidFileException {
        Shape shape = array.rows().shape();
        if (shape.rank() == 2) {
            long side = Math.round(Math.sqrt((double) shape.size(1)));
            return side * side == shape.size(1) && shape.size(1) >= LEAST_PIXELS
                    ? Optional.of(String.format(
                            Locale.ROOT,
                            "rows of %d numbers were taken for rows of a table; if they are images, give"
                                    + " array.reshape(-1, %d, %d)",
                            shape.size(1),
                            side,
                            side))
                    : Optional.empty();
        }
        Layout layout = Layout.of(array);
        if (layout.isTransparent()) {
            return Optional.of(
                    "four channels of bytes were taken for red, green, blue and transparency, and laid on white");
        }
        return layout.channels() % 2 == 0
                ? Optional.of("images have " + layout.channels() + " channels; figures show the first"
                        + (layout.channels() == 2 ? "" : " three"))
                : Optional.empty();
    }
}
