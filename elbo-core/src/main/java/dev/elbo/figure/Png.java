package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images as PNG: lossless, and the same bytes for the same pixels on the same Java. */
public final class Png {
    private Png() {}

    /**
     * Writes a PNG file that is either complete or not there.
     *
     * @return {@code file}
     * @throws IOException if the file cannot be written
     */
    public static Path write(BufferedImage image, Path file) throws IOException {
        return WholeFile.write(file, bytes(image));
    }

    /**
     * Images as pictures of their own pixels, grey or in colour; what is not finite is magenta.
     *
     * @param images UINT8, or floating point in 0 … 1 (values beyond are cut), [N, C, H, W] with C = 1 or 3
     */
    public static List<BufferedImage> pictures(HostArray images) {
        Pixels pixels = Pixels.of(images);
        return IntStream.range(0, pixels.count()).mapToObj(pixels::picture).toList();
    }

    /** The bytes of a PNG file. */
    public static byte[] bytes(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // A memory cache: ImageIO.write would use a temporary file, which a full disk refuses.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new IllegalStateException("Bug: memory refused a PNG of " + image, e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
