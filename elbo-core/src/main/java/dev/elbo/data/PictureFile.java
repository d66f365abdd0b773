package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file's picture as it is to be shown: upright, and on a ground where it is transparent.
 *
 * @param turned whether it was stored lying
 * @param transparent whether the ground is seen
 * @param animated whether others follow it in the file, which are not read
 */
record PictureFile(Picture picture, boolean turned, boolean transparent, boolean animated) {
    /** How the files are called that are read, for messages. */
    static final String KINDS = "PNG, JPEG, GIF, BMP, TIFF, WebP, PPM or PGM";

    /** Samples of more bits have no agreed white. */
    private static final int MOST_BITS = 16;

    private static final int COLOURS = 3;

    private static final String ENDINGS = "png|jpe?g|jpe|jfif|gif|bmp|tiff?|webp|p[pgbn]m";

    /** Whether a file's name is that of a picture. */
    static boolean isCalledSo(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches("[^.].*\\.(" + ENDINGS + ")");
    }

    /**
     * Reads a file; of an animation or of several pages, the first picture.
     *
     * @throws InvalidFileException if it is of no known kind, or broken
     */
    static PictureFile read(Path file, Ground ground) throws IOException {
        byte[] content = content(file);
        if (content.length == 0) {
            throw new InvalidFileException(file, "is empty", "Replace or remove it");
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InvalidFileException(file, "is no " + KINDS + " image", "Replace or remove it");
            }
            Decoded decoded = decode(readers.next(), in, file);
            requireLevels(decoded.image(), file);
            Orientation orientation = Orientation.of(content);
            return new PictureFile(
                    orientation.turn(picture(decoded.image(), ground)),
                    !orientation.isUpright(),
                    isTransparent(decoded.image()),
                    decoded.areMore());
        }
    }

    /** All of a file at once: the readers ask for a few bytes at a time. */
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (AccessDeniedException refusal) {
            throw new InvalidFileException(
                    file.toString(), "may not be read: permission denied", "Allow it or remove it", refusal);
        } catch (NoSuchFileException missing) { // its name is there, or was when the folder was listed
            throw new InvalidFileException(
                    file.toString(), "is a link to nothing, or was just removed", "Replace or remove it", missing);
        }
    }

    /** The same in another size. */
    PictureFile resized(ImageSize size) {
        return new PictureFile(picture.resized(size), turned, transparent, animated);
    }

    /** The first picture of a file, and whether there are more. */
    private record Decoded(BufferedImage image, boolean areMore) {}

    private static Decoded decode(ImageReader reader, ImageInputStream in, Path file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try {
            reader.setInput(in, false, true);
            BufferedImage image = reader.read(0);
            requireComplete(warnings);
            return new Decoded(image, areMore(reader));
        } catch (IOException | RuntimeException damage) { // damaged files make the readers throw both
            String what = damage.getMessage() == null ? "it ends too early, or is damaged" : damage.getMessage();
            String problem = "is a broken image (" + what + ")";
            throw new InvalidFileException(file.toString(), problem, "Replace or remove it", damage);
        } finally {
            reader.dispose();
        }
    }

    /** The reader of JPEG fills what is missing with grey, and no more than warns. */
    private static void requireComplete(List<String> warnings) throws IOException {
        for (String warning : warnings) {
            if (warning.contains("Premature end") || warning.contains("premature end")) {
                throw new IOException(warning);
            }
        }
    }

    private static boolean areMore(ImageReader reader) {
        try {
            return reader.getNumImages(true) > 1;
        } catch (IOException | RuntimeException damage) { // behind a picture that is whole
            return false;
        }
    }

    private static void requireLevels(BufferedImage image, Path file) throws InvalidFileException {
        int bits = image.getColorModel().getComponentSize(0);
        if (bits > MOST_BITS) {
            throw new InvalidFileException(
                    file,
                    "has samples of " + bits + " bits, of which nothing says which are black and white",
                    "Save it with 8 or 16 bits, or all such pictures as an array: np.save(file, pictures)");
        }
    }

    private static boolean isTransparent(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return false;
        }
        int[] colours = colours(image);
        return Arrays.stream(colours).anyMatch(colour -> colour >>> 24 < 255);
    }

    private static int[] colours(BufferedImage image) {
        int width = image.getWidth();
        return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    }

    private static Picture picture(BufferedImage image, Ground ground) {
        ColorModel colours = image.getColorModel();
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            return printed(image.getRaster(), colours);
        }
        boolean hasGround = !colours.hasAlpha() || ground.isGrey();
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY && hasGround) {
            return grey(image.getRaster(), colours, ground.red());
        }
        boolean grey = colours instanceof IndexColorModel palette && isGrey(palette) && hasGround;
        return coloured(image, grey ? 1 : COLOURS, ground);
    }

    /** The samples as they are stored: as colours, they would be made brighter (gamma). */
    private static Picture grey(Raster raster, ColorModel colours, int ground) {
        int[] samples = samples(raster, 0);
        int[] alphas = colours.hasAlpha() ? samples(raster, 1) : new int[0];
        byte[] levels = new byte[samples.length];
        long white = (1L << colours.getComponentSize(0)) - 1;
        for (int i = 0; i < levels.length; i++) {
            long level = samples[i] * 255L / white;
            levels[i] =
                    (byte) (alphas.length == 0 ? level : (level * alphas[i] + ground * (white - alphas[i])) / white);
        }
        return new Picture(HostArray.of(levels, 1, raster.getHeight(), raster.getWidth()));
    }

    /** Cyan, magenta and yellow take red, green and blue from white paper, and black takes from all. */
    private static Picture printed(Raster raster, ColorModel colours) {
        long white = (1L << colours.getComponentSize(0)) - 1;
        int[] black = samples(raster, COLOURS);
        byte[] levels = new byte[COLOURS * black.length];
        for (int ink = 0; ink < COLOURS; ink++) {
            int[] coverage = samples(raster, ink);
            for (int i = 0; i < black.length; i++) {
                levels[ink * black.length + i] =
                        (byte) ((white - coverage[i]) * (white - black[i]) * 255 / (white * white));
            }
        }
        return new Picture(HostArray.of(levels, COLOURS, raster.getHeight(), raster.getWidth()));
    }

    private static int[] samples(Raster raster, int band) {
        return raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
    }

    private static boolean isGrey(IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        return Arrays.stream(colours).allMatch(c -> (c & 0xff) == (c >> 8 & 0xff) && (c & 0xff) == (c >> 16 & 0xff));
    }

    private static Picture coloured(BufferedImage image, int channels, Ground ground) {
        int[] colours = colours(image);
        byte[] levels = new byte[channels * colours.length];
        for (int i = 0; i < colours.length; i++) {
            int seen = ground.under(colours[i]);
            for (int channel = 0; channel < channels; channel++) {
                levels[channel * colours.length + i] = (byte) (seen >> (16 - 8 * channel)); // red, green, blue
            }
        }
        return new Picture(HostArray.of(levels, channels, image.getHeight(), image.getWidth()));
    }
}
