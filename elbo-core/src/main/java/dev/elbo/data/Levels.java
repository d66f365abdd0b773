package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.RowSource;
import java.util.stream.LongStream;

/**
 * How dark and light the pixels of some images are.
 *
 * @param least the darkest, in 0 … 1
 * @param most the lightest, in 0 … 1
 * @param between the part of pixels that are neither near black nor near white
 */
public record Levels(double least, double most, double between) {
    private static final int EXAMPLES = 200;
    private static final double NEAR = 0.1;
    private static final double WHITE = 255;

    /** Beyond this part, grey images are more likely photographs than strokes. */
    private static final double GREY_PHOTOGRAPH = 0.5;

    /** Colours are rarely black and white in each channel. */
    private static final double COLOUR_PHOTOGRAPH = 0.05;

    /** Of some images that are spread evenly over a split. */
    public static Levels of(Split split, String field) {
        long size = split.size();
        long count = Math.min(size, EXAMPLES);
        RowSource some = split.select(
                        LongStream.range(0, count).map(i -> i * size / count).toArray())
                .field(field);
        double white = some.dtype() == DType.UINT8 ? WHITE : 1;
        float[] values = some.toHost().toFloats();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long between = 0;
        for (float value : values) {
            double level = value / white;
            least = Math.min(least, level);
            most = Math.max(most, level);
            between += level > NEAR && level < 1 - NEAR ? 1 : 0;
        }
        return new Levels(least, most, (double) between / values.length);
    }

    /** Whether such images are photographs or drawings rather than strokes in black and white. */
    public boolean arePhotographs(int channels) {
        return between > (channels == 1 ? GREY_PHOTOGRAPH : COLOUR_PHOTOGRAPH);
    }
}
