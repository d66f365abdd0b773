package dev.elbo.studio;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSource;
import dev.elbo.data.Field;
import dev.elbo.data.ImageSize;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Reading;
import dev.elbo.tensor.HostArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture that somebody sends, as a model sees pictures. It is read as one of a folder of pictures is: upright, cropped and resized.
 */
final class SentPicture {
    private static final long MOST_PIXELS = 40_000_000;
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private SentPicture() {}

    /**
     * Reads a picture.
     *
     * @return UINT8 [1, C, H, W]
     * @throws Refusal if it is none, is broken, or has too many pixels
     */
    static HostArray read(byte[] file, Field.Image as) throws IOException {
        requireSize(file);
        Path folder = Files.createTempDirectory("elbo-studio");
        try {
            Files.write(folder.resolve("picture.png"), file); // what it is, its bytes say
            Reading reading = Reading.standard().imageSize(ImageSize.parse(as.width() + "x" + as.height()));
            DataSource one =
                    DataCatalog.standard().open(folder.toString(), DataCache.of(Map.of(), event -> {}), reading);
            return inChannels(one.train().field("image").toHost(), as);
        } catch (InvalidFileException | IllegalArgumentException broken) {
            throw new Refusal(
                    422,
                    "the picture cannot be read: it is broken, or of no kind that is known."
                            + " Send a PNG, JPEG, GIF, BMP, TIFF or WebP");
        } finally {
            RunFiles.delete(folder);
        }
    }

    /** A small file may hold a picture that fills the memory: its size is looked at before its pixels are read. */
    private static void requireSize(byte[] file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new Refusal(422, "that is no picture. Send a PNG, JPEG, GIF, BMP, TIFF or WebP");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw Refusal.tooLarge("the picture has " + pixels / 1_000_000 + " million pixels; at most "
                            + MOST_PIXELS / 1_000_000 + " million are read. Make it smaller");
                }
            } finally {
                reader.dispose();
            }
        } catch (IOException | IndexOutOfBoundsException damage) {
            throw new Refusal(422, "the picture is broken: " + damage.getMessage() + ". Send another");
        }
    }

    private static HostArray inChannels(HostArray picture, Field.Image as) {
        int channels = (int) picture.shape().size(1);
        if (channels == as.channels()) {
            return picture;
        }
        byte[] given = new byte[picture.bytes().remaining()];
        picture.bytes().get(given);
        int plane = as.height() * as.width();
        byte[] levels = new byte[as.channels() * plane];
        for (int i = 0; i < levels.length; i++) {
            int pixel = i % plane;
            levels[i] = channels == 1 ? given[pixel] : grey(given, pixel, plane);
        }
        return HostArray.of(levels, 1, as.channels(), as.height(), as.width());
    }

    private static byte grey(byte[] colours, int pixel, int plane) {
        return (byte) Math.round(RED * (colours[pixel] & 0xff)
                + GREEN * (colours[plane + pixel] & 0xff)
                + BLUE * (colours[2 * plane + pixel] & 0xff));
    }
}
