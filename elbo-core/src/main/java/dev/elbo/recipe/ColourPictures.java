package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures in colour of 48 pixels or more: they want deeper networks and longer trainings than the digits that the defaults of most recipes are
 * made for. Trainings are counted in steps here: a few pictures are seen more often than many, within bounds.
 */
final class ColourPictures {
    /** The batch of trainings that are counted in steps. */
    private static final int BATCH = 64;

    private static final int LEAST_SIDE = 48;
    private static final int COLOURS = 3;

    /** More would evaluate a few pictures for hours. */
    private static final double MOST_EPOCHS = 100;

    private ColourPictures() {}

    /** Whether data are such pictures. */
    static boolean are(DataSpec data) {
        return data.fields().get(Networks.IMAGE) instanceof Field.Image image
                && image.channels() >= COLOURS
                && Math.min(image.height(), image.width()) >= LEAST_SIDE;
    }

    /**
     * The epochs of a training: those that were given, or those in which about so many steps are taken.
     *
     * @param least how many a recipe takes by itself: of many pictures it takes no fewer
     */
    static double epochs(int steps, long examples, double least, Map<String, String> given) {
        try {
            return Double.parseDouble(given.getOrDefault("epochs", ""));
        } catch (NumberFormatException unsaid) { // or wrong, which is refused where settings are read
            return Math.max(least, Math.min(MOST_EPOCHS, Math.rint((double) steps * BATCH / examples)));
        }
    }

    /**
     * The options that suit such pictures, {@code epochs} and {@code batch} among them.
     *
     * @param others names and values, in turn
     */
    static Map<String, String> suited(double epochs, String... others) {
        Map<String, String> suited = new LinkedHashMap<>();
        for (int i = 0; i < others.length; i += 2) {
            suited.put(others[i], others[i + 1]);
        }
        suited.put("batch", String.valueOf(BATCH));
        suited.put("epochs", text(epochs));
        return suited;
    }

    /** A number of epochs as it is typed, rounded to hundredths, of which there is one at least. */
    static String text(double epochs) {
        double rounded = Math.max(1, Math.rint(100 * epochs)) / 100;
        return rounded == Math.rint(rounded) ? String.valueOf(Math.round(rounded)) : String.valueOf(rounded);
    }
}
