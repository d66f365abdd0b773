package dev.elbo.data;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * How the user's own files are to be read. Each kind of file looks at what concerns it.
 *
 * @param imageSize the height and width in pixels to which images are cropped and resized; if empty, they must all have
 *     one size
 * @param longest the number of words in the longest sentence of a text that is kept; longer ones are left out
 * @param maxWords how many different words a text may have; the rarest are read as {@link Vocabulary#UNKNOWN}
 * @param minCount how often a word must occur to be told from others
 */
public record Reading(OptionalInt imageSize, int longest, int maxWords, int minCount) {
    private static final int MOST_PIXELS = 4096;

    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if one is below 1, or images are to be larger than 4096 pixels
     */
    public Reading {
        int size = imageSize.orElse(1);
        if (size < 1 || size > MOST_PIXELS) {
            throw new IllegalArgumentException("an image size is from 1 to " + MOST_PIXELS + " pixels; got " + size);
        }
        if (longest < 1 || maxWords < 1 || minCount < 1) {
            throw new IllegalArgumentException("a text has sentences of up to " + longest + " words, and " + maxWords
                    + " different words that occur " + minCount + " times: all must be positive");
        }
    }

    /** Images as they are; sentences of up to 30 words; 10,000 different words that occur twice or more. */
    public static Reading standard() {
        return new Reading(OptionalInt.empty(), 30, 10_000, 2);
    }

    /** The same, with images of a size, or as they are. */
    public Reading imageSize(OptionalInt size) {
        return new Reading(size, longest, maxWords, minCount);
    }

    /**
     * That no image size is asked for, because there are no image files to resize.
     *
     * @throws IllegalArgumentException if one is
     */
    void requireNoImageSize(String nameOrPath) {
        if (imageSize.isPresent()) {
            throw new IllegalArgumentException("an image size can be chosen for a folder of PNG, JPEG, BMP or GIF"
                    + " images only; '" + nameOrPath + "' is none");
        }
    }

    void requireNoImageSize(Path path) {
        requireNoImageSize(path.toString());
    }
}
