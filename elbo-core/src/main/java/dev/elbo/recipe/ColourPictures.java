package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.option.Decimal;

/**
 * Pictures in colour of 48 pixels or more: they want deeper networks and longer trainings than the digits that the defaults of most recipes are
 * made for. Trainings are counted in steps here, since an epoch of many pictures is a long one.
 */
final class ColourPictures {
    /** Of the trainings below: what fits two cores, and measured no worse than 128. */
    static final int BATCH = 64;

    private static final int LEAST_SIDE = 48;
    private static final int COLOURS = 3;

    private ColourPictures() {}

    /** Whether data are such pictures. */
    static boolean are(DataSpec data) {
        return data.fields().get(Networks.IMAGE) instanceof Field.Image image
                && image.channels() >= COLOURS
                && Math.min(image.height(), image.width()) >= LEAST_SIDE;
    }

    /** The epochs of so many examples that take so many steps: whole ones, or the part of one that it takes. */
    static String epochs(int steps, long examples) {
        double epochs = (double) steps * BATCH / examples;
        return Decimal.of(epochs < 1 ? epochs : Math.rint(epochs), epochs < 1 ? 2 : 0);
    }
}
