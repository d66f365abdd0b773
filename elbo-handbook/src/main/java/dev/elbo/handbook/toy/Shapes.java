package dev.elbo.handbook.toy;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures without chance: every square, frame and cross of 3 and of 5 pixels at every place of a black field, white on
 * black.
 *
 * @param side pixels of the field
 */
public record Shapes(int side) {

    /** All pictures, [N, side · side], of pixels 0 and 1. */
    public float[][] rows() {
        List<float[]> rows = new ArrayList<>();
        for (int size : new int[] {3, 5}) {
            for (Form form : Form.values()) {
                for (int place = 0; place < (side - size + 1) * (side - size + 1); place++) {
                    rows.add(picture(form, size, place % (side - size + 1), place / (side - size + 1)));
                }
            }
        }
        return rows.toArray(float[][]::new);
    }

    private enum Form {
        SQUARE,
        FRAME,
        CROSS;

        boolean covers(int x, int y, int size) {
            return switch (this) {
                case SQUARE -> true;
                case FRAME -> x == 0 || y == 0 || x == size - 1 || y == size - 1;
                case CROSS -> x == size / 2 || y == size / 2;
            };
        }
    }

    private float[] picture(Form form, int size, int left, int top) {
        float[] pixels = new float[side * side];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                pixels[(top + y) * side + left + x] = form.covers(x, y, size) ? 1 : 0;
            }
        }
        return pixels;
    }

    /** Rows one after the other, for a tensor [N, D]. */
    public static float[] joined(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
        }
        return all;
    }
}
