package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * The range of pixels that arrays are brought to 0 … 1 from, and what a user should know of it.
 *
 * @param notes in sentences without a full stop
 */
record FoundRange(PixelRange range, List<String> notes) {
    /** Ranges that arrays are usually of: of [−1, 1], of bytes with a sign, and of 8, 10, 12, 14 and 16 bits. */
    private static final List<PixelRange> USUAL = List.of(
            new PixelRange(-1, 1),
            new PixelRange(0, 255),
            new PixelRange(-128, 127),
            new PixelRange(0, 1023),
            new PixelRange(0, 4095),
            new PixelRange(0, 16383),
            new PixelRange(0, 65535));

    /** Where more pixels than these lie beyond a range, it is not theirs. */
    private static final double FEW = 0.01;

    /**
     * The range of some arrays: the known one; or 0 to 1 where all numbers are within that; else the first usual range that they are
     * within and fill to a half; else from the least number to the greatest.
     *
     * @param known that of the arrays that a model was trained on, or {@link PixelRange#AUTO}
     * @throws InvalidFileException naming a number that is not finite; if many lie beyond the known range
     */
    static FoundRange of(List<NamedRows> arrays, PixelRange known) throws InvalidFileException {
        Extent extent = new Extent(known);
        for (NamedRows array : arrays) {
            extent.add(array);
        }
        if (!known.isChosen()) {
            return found(extent.range());
        }
        if (known.black() == 0 && known.white() > 1 && extent.isWithinUnit()) {
            return new FoundRange(
                    PixelRange.UNIT,
                    List.of("values are within 0 to 1 where values " + known.inWords()
                            + " were expected; they were taken as they are"));
        }
        return extent.within(known, arrays.get(0));
    }

    private static FoundRange found(PixelRange range) {
        return new FoundRange(
                range,
                range.equals(PixelRange.UNIT)
                        ? List.of()
                        : List.of("values " + range.inWords() + " were brought to 0 to 1"));
    }

    /** The range that a run keeps; {@link PixelRange#AUTO} where the numbers need no scaling. */
    PixelRange toKeep() {
        return range.equals(PixelRange.UNIT) ? PixelRange.AUTO : range;
    }

    /** The least and the greatest number so far, and how many are beyond a range. */
    private static final class Extent {
        private final PixelRange known;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private long count;
        private long beyond;

        Extent(PixelRange known) {
            this.known = known;
        }

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
                beyond += values[i] < known.black() || values[i] > known.white() ? 1 : 0;
            }
            count += values.length;
        }

        boolean isWithinUnit() {
            return least >= 0 && greatest <= 1;
        }

        PixelRange range() {
            if (least > greatest || isWithinUnit()) {
                return PixelRange.UNIT;
            }
            return USUAL.stream()
                    .filter(usual -> usual.black() <= least && greatest <= usual.white())
                    .filter(usual -> greatest - least >= (usual.white() - usual.black()) / 2)
                    .findFirst()
                    .orElse(new PixelRange(
                            least, greatest > least ? greatest : Math.max(least + 1, Math.nextUp(least))));
        }

        /** The known range, if hardly a number is beyond it. */
        FoundRange within(PixelRange range, NamedRows first) throws InvalidFileException {
            if (beyond > FEW * count) {
                throw first.invalid(
                        String.format(
                                Locale.ROOT,
                                "has values %s, and %.0f %% of them are beyond the range of pixels, %s",
                                new PixelRange(least, Math.max(greatest, Math.nextUp(least))).inWords(),
                                100.0 * beyond / count,
                                range.inWords()),
                        "Bring them to that range; of a new run, --set pixelRange=auto finds their own");
            }
            List<String> notes = new ArrayList<>(found(range).notes());
            if (beyond > 0) {
                notes.add(String.format(Locale.ROOT, "values beyond that, taken for black or white: %,d", beyond));
            }
            return new FoundRange(range, notes);
        }
    }
}
