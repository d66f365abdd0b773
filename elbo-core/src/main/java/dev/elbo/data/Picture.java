package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The pixels of one image file. Transparency is passed over.
 *
 * @param levels UINT8 [C, H, W]; one channel for grey, three for red, green and blue
 */
record Picture(HostArray levels) {

    /**
     * The picture in a PNG, JPEG, BMP or GIF file; of an animation, the first.
     *
     * @throws InvalidFileException if it is none of these, or broken
     */
    static Picture read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file); // at once: the readers ask for a few bytes at a time
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InvalidFileException(file, "is no PNG, JPEG, BMP or GIF image", "Replace or remove it");
            }
            return of(decode(readers.next(), in, file));
        }
    }

    private static BufferedImage decode(ImageReader reader, ImageInputStream in, Path file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try {
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            requireComplete(warnings);
            return image;
        } catch (IOException | RuntimeException damage) { // damaged files make the readers throw both
            String problem = "is a broken image (" + damage.getMessage() + ")";
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

    private static Picture of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return grey(image.getRaster(), colours.getComponentSize(0));
        }
        boolean grey = colours instanceof IndexColorModel palette && isGrey(palette);
        return coloured(image, grey ? 1 : 3);
    }

    /** The samples as they are stored: as colours, they would be made brighter (gamma). */
    private static Picture grey(Raster raster, int bits) {
        int[] samples = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
        byte[] levels = new byte[samples.length];
        int white = (1 << bits) - 1;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (samples[i] * 255L / white);
        }
        return new Picture(HostArray.of(levels, 1, raster.getHeight(), raster.getWidth()));
    }

    private static boolean isGrey(IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        return Arrays.stream(colours).allMatch(c -> (c & 0xff) == (c >> 8 & 0xff) && (c & 0xff) == (c >> 16 & 0xff));
    }

    private static Picture coloured(BufferedImage image, int channels) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] levels = new byte[channels * colours.length];
        for (int i = 0; i < levels.length; i++) {
            int shift = 16 - 8 * (i / colours.length); // red, green, blue
            levels[i] = (byte) (colours[i % colours.length] >> shift);
        }
        return new Picture(HostArray.of(levels, channels, height, width));
    }

    int channels() {
        return (int) levels.shape().size(0);
    }

    int height() {
        return (int) levels.shape().size(1);
    }

    int width() {
        return (int) levels.shape().size(2);
    }

    /** This picture in red, green and blue. */
    Picture inColour() {
        if (channels() == 3) {
            return this;
        }
        ByteBuffer three = ByteBuffer.allocate(3 * height() * width());
        three.put(levels.bytes()).put(levels.bytes()).put(levels.bytes()).flip();
        return new Picture(new HostArray(DType.UINT8, Shape.of(3, height(), width()), three));
    }

    /** The largest part of that form in the middle of this picture, brought to the size by taking means. */
    Picture resized(ImageSize size) {
        double scale = Math.min((double) height() / size.height(), (double) width() / size.width());
        double top = Math.floor((height() - scale * size.height()) / 2);
        double left = Math.floor((width() - scale * size.width()) / 2);
        int plane = size.height() * size.width();
        byte[] resized = new byte[channels() * plane];
        for (int i = 0; i < resized.length; i++) {
            int row = i % plane / size.width();
            double y = top + scale * row;
            double x = left + scale * (i % size.width());
            resized[i] = (byte) Math.round(mean(i / plane, y, x, scale));
        }
        return new Picture(HostArray.of(resized, channels(), size.height(), size.width()));
    }

    /** The mean level of a square patch whose borders may run through pixels. */
    private double mean(int channel, double top, double left, double side) {
        ByteBuffer bytes = levels.bytes();
        double sum = 0;
        for (int y = (int) top; y < top + side && y < height(); y++) {
            for (int x = (int) left; x < left + side && x < width(); x++) {
                int level = bytes.get((channel * height() + y) * width() + x) & 0xff;
                sum += level * overlap(y, top, side) * overlap(x, left, side);
            }
        }
        return sum / (side * side);
    }

    /** How much of the pixel from {@code at} to {@code at + 1} lies between {@code from} and {@code from + length}. */
    private static double overlap(int at, double from, double length) {
        return Math.min(at + 1, from + length) - Math.max(at, from);
    }
}
