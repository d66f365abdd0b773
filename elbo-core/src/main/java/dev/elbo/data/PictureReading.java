package dev.elbo.data;

import dev.elbo.option.About;

/**
 * How published sets of pictures are read.
 *
 * @param vendor whose drawings there are, of sets that several have drawn
 * @param tile side of the squares that photographs are cut into, in pixels
 */
public record PictureReading(
        @About("whose emoji: both, google or twitter") Vendor vendor,

        @About(
                "side of the squares that the photographs of scenes are cut into, in pixels; --image-size makes them smaller")
        int tile) {
    /** Who has drawn the emoji. */
    public enum Vendor {
        /** Google's and Twitter's, each of the same things. */
        BOTH,
        /** Noto Emoji. */
        GOOGLE,
        /** Twemoji. */
        TWITTER
    }

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if tiles are not from 16 to 1024 pixels wide
     */
    public PictureReading {
        if (tile < SMALLEST || tile > LARGEST) {
            throw new IllegalArgumentException(
                    "tiles are from " + SMALLEST + " to " + LARGEST + " pixels wide; got tile " + tile);
        }
    }

    /** Both vendors; squares of 128 pixels. */
    static PictureReading standard() {
        return new PictureReading(Vendor.BOTH, 128);
    }
}
