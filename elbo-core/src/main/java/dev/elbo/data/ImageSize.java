package dev.elbo.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * To which size images are cropped and resized.
 *
 * @param width in pixels; 0 if they are taken as they are
 * @param height in pixels; 0 if they are taken as they are
 */
public record ImageSize(int width, int height) {
    /** Images keep the size that they have, which must be one. */
    public static final ImageSize AS_IT_IS = new ImageSize(0, 0);

    private static final int MOST_PIXELS = 4096;
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?:[x×](\\d{1,6}))?");

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a side is not from 1 to 4096 pixels, and not both are 0
     */
    public ImageSize {
        boolean asItIs = width == 0 && height == 0;
        if (!asItIs && (Math.min(width, height) < 1 || Math.max(width, height) > MOST_PIXELS)) {
            throw new IllegalArgumentException("an image size is from 1 to " + MOST_PIXELS + " pixels; got "
                    + Math.min(width, height) + (width == height ? "" : " and " + Math.max(width, height)));
        }
    }

    /** Squares. */
    public static ImageSize square(int side) {
        return new ImageSize(side, side);
    }

    /**
     * Reads {@code 64}, {@code 64x48} (width × height), or {@code 0} for images as they are.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ImageSize parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no image size; write 64, or 64x48 for width and height, in pixels");
        }
        int width = Integer.parseInt(parts.group(1));
        return new ImageSize(width, parts.group(2) == null ? width : Integer.parseInt(parts.group(2)));
    }

    /** Whether images are to be brought to a size. */
    public boolean isChosen() {
        return width > 0;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return width == height ? String.valueOf(width) : width + "x" + height;
    }
}
