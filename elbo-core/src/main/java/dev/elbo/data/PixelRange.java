package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * Which numbers are black and white: x becomes (x − black) / (white − black), by one rule for all arrays of a data set.
 *
 * @param black what becomes 0
 * @param white what becomes 1
 */
record PixelRange(double black, double white) {
    private static final PixelRange UNIT = new PixelRange(0, 1);

    /** Ranges that arrays are usually of: of [−1, 1], and of 8, 10, 12, 14 and 16 bits. */
    private static final List<PixelRange> USUAL = List.of(
            new PixelRange(-1, 1),
            new PixelRange(0, 255),
            new PixelRange(0, 1023),
            new PixelRange(0, 4095),
            new PixelRange(0, 16383),
            new PixelRange(0, 65535));

    /**
     * The range of some arrays: 0 to 1 where all numbers are within that; else the first usual range that they are within and fill
     * to a half; else from the least number to the greatest.
     *
     * @throws InvalidFileException naming a number that is not finite
     */
    static PixelRange of(List<NamedRows> arrays) throws InvalidFileException {
        Extent extent = new Extent();
        for (NamedRows array : arrays) {
            extent.add(array);
        }
        return extent.range();
    }

    /** The least and the greatest number so far. */
    private static final class Extent {
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;

        void add(NamedRows array) throws InvalidFileException {
            array.forEachPortion((some, from) -> {
                add(array, some, row -> from + row);
                return true;
            });
        }

        private void add(NamedRows array, HostArray some, LongUnaryOperator row) throws InvalidFileException {
            double[] values = some.toDoubles();
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw array.invalid(
                            some,
                            i,
                            row,
                            String.valueOf(values[i]),
                            ", and pixels are finite numbers",
                            "Remove that image, or replace such values: np.nan_to_num(array)");
                }
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
        }

        private PixelRange range() {
            if (least > greatest || (least >= 0 && greatest <= 1)) {
                return UNIT;
            }
            return USUAL.stream()
                    .filter(usual -> usual.black <= least && greatest <= usual.white)
                    .filter(usual -> greatest - least >= (usual.white - usual.black) / 2)
                    .findFirst()
                    .orElse(new PixelRange(least, greatest > least ? greatest : least + 1));
        }
    }

    /** Some pixels in 0 … 1, FLOAT32 [B, ...]. */
    HostArray brought(HostArray some) {
        if (equals(UNIT) && some.dtype() == DType.FLOAT32) {
            return some;
        }
        double[] values = some.toDoubles();
        float[] levels = new float[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) ((values[i] - black) / (white - black));
        }
        return HostArray.of(levels, some.shape().sizes());
    }

    /** Whether numbers remain as they are. */
    boolean isUnit() {
        return equals(UNIT);
    }

    /** The change in words, as in "values from -1 to 1 were brought to 0 to 1". */
    String note() {
        return "values from " + text(black) + " to " + text(white) + " were brought to 0 to 1";
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }
}
