package dev.elbo.data;

import dev.elbo.option.About;

/**
 * How published sets of pictures are read.
 *
 * @param vendor whose drawings there are, of sets that several have drawn
 * @param tile side of the squares that photographs are cut into, in pixels; 0 for squares of several scales
 * @param fonts what characters are drawn by: {@code auto}, or files and names of fonts with commas between them
 * @param characters how many characters are drawn
 */
public record PictureReading(
        @About("whose emoji: both, google or twitter") Vendor vendor,

        @About(
                "side of the squares that the photographs of scenes are cut into, in their pixels; 0 for squares from a whole photograph's height to a quarter of it")
        int tile,

        @About(
                "fonts that hanzi-fonts are drawn by: auto for those installed, or files and names with commas between them")
        String fonts,

        @About("how many of the 3,755 most usual characters hanzi-fonts has")
        int characters) {
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

    /** The fonts are those that are installed. */
    static final String AUTO = "auto";

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if tiles are not from 16 to 1024 pixels wide, or characters not from 1 to 3,755
     */
    public PictureReading {
        if (tile != 0 && (tile < SMALLEST || tile > LARGEST)) {
            throw new IllegalArgumentException("tiles are from " + SMALLEST + " to " + LARGEST
                    + " pixels wide, or 0 for several scales; got tile " + tile);
        }
        if (characters < 1 || characters > DrawnHanzi.MOST) {
            throw new IllegalArgumentException(
                    "characters are from 1 to " + DrawnHanzi.MOST + "; got characters " + characters);
        }
    }

    /** Both vendors; squares of several scales; 500 characters by the fonts that are installed. */
    static PictureReading standard() {
        return new PictureReading(Vendor.BOTH, 0, AUTO, 500);
    }

    /** With squares of a side. */
    PictureReading tile(int side) {
        return new PictureReading(vendor, side, fonts, characters);
    }
}
