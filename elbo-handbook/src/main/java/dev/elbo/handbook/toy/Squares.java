package dev.elbo.handbook.toy;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images whose causes are known: a bright square on black, 16 × 16 pixels, at each of some places from left to right, from top to
 * bottom, in each of some sizes. Every combination occurs once, so that the factors are uniform and independent.
 *
 * @param images FLOAT32 [N, 1, 16, 16] in 0 … 1
 * @param factors the place of each image on each factor, from 0: [factor][image]
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Squares(HostArray images, int[][] factors) {
    /** Pixels of a side. */
    public static final int SIDE = 16;

    /** The factors by name. */
    public static final List<String> FACTORS = List.of("x", "y", "size");

    private static final double SMALLEST = 3;
    private static final double LARGEST = 7;

    /** All of {@code places} × {@code places} × {@code sizes} squares. */
    public static Squares of(int places, int sizes) {
        int count = places * places * sizes;
        float[] pixels = new float[count * SIDE * SIDE];
        int[][] factors = new int[FACTORS.size()][count];
        for (int i = 0; i < count; i++) {
            factors[0][i] = i % places;
            factors[1][i] = i / places % places;
            factors[2][i] = i / places / places;
            double room = LARGEST / 2 + 0.5;
            draw(
                    pixels,
                    i,
                    room + (SIDE - 2 * room) * factors[0][i] / (places - 1),
                    room + (SIDE - 2 * room) * factors[1][i] / (places - 1),
                    SMALLEST + (LARGEST - SMALLEST) * factors[2][i] / (sizes - 1));
        }
        return new Squares(HostArray.of(pixels, count, 1, SIDE, SIDE), factors);
    }

    /** A pixel is as bright as the part of it that the square covers. */
    private static void draw(float[] pixels, int image, double x, double y, double size) {
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                pixels[(image * SIDE + row) * SIDE + column] =
                        (float) (covered(column, x, size) * covered(row, y, size));
            }
        }
    }

    private static double covered(int pixel, double middle, double size) {
        double from = Math.max(pixel, middle - size / 2);
        double to = Math.min(pixel + 1, middle + size / 2);
        return Math.max(0, to - from);
    }

    /** How many images there are. */
    public int count() {
        return factors[0].length;
    }

    /** The images alone: no model is told the factors. */
    public DataSource data() {
        DataSpec spec = new DataSpec("shapes", Map.of("image", new Field.Image(1, SIDE, SIDE)), "");
        Split all = new Split(Map.of("image", images));
        return new DataSource(spec, all, Optional.of(all));
    }

    /** The image of these places on the factors. */
    public int image(int... places) {
        for (int i = 0; i < count(); i++) {
            int at = i;
            if (Arrays.equals(
                    places,
                    Arrays.stream(factors).mapToInt(factor -> factor[at]).toArray())) {
                return i;
            }
        }
        throw new IllegalArgumentException("no image is at " + Arrays.toString(places));
    }
}
