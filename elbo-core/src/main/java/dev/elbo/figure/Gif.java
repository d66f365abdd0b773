package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures one after the other as an animated GIF that begins again at its end. */
public final class Gif {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private static final int HUNDREDTHS = 8; // of a second for each picture of a way
    private static final int SMALLEST = 192; // pixels of an animation's side: one of 28 pixels is not seen

    private Gif() {}

    /**
     * The bytes of an animation that goes through pictures and back again; small ones are enlarged by a whole number.
     *
     * @param way as of {@link Png#pictures}
     */
    public static byte[] thereAndBack(HostArray way) {
        List<BufferedImage> frames =
                new ArrayList<>(Png.pictures(way).stream().map(Gif::enlarged).toList());
        IntStream.iterate(frames.size() - 2, i -> i > 0, i -> i - 1).forEach(i -> frames.add(frames.get(i)));
        return bytes(frames, HUNDREDTHS);
    }

    /** Each pixel as a square of whole pixels. */
    private static BufferedImage enlarged(BufferedImage picture) {
        int scale = Math.max(1, SMALLEST / Math.max(picture.getWidth(), picture.getHeight()));
        BufferedImage large =
                new BufferedImage(picture.getWidth() * scale, picture.getHeight() * scale, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                large.setRGB(x, y, picture.getRGB(x / scale, y / scale));
            }
        }
        return large;
    }

    /**
     * Writes a file that is either complete or not there.
     *
     * @param pictures of one size
     * @param hundredths of a second that each is shown
     * @return {@code file}
     * @throws IOException if the file cannot be written
     */
    public static Path write(List<BufferedImage> pictures, int hundredths, Path file) throws IOException {
        return WholeFile.write(file, bytes(pictures, hundredths));
    }

    /** The bytes of the file. */
    static byte[] bytes(List<BufferedImage> pictures, int hundredths) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (BufferedImage picture : pictures) {
                writer.writeToSequence(new IIOImage(picture, null, metadata(writer, picture, hundredths)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new IllegalStateException("Bug: memory refused a GIF of " + pictures.size() + " pictures", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage picture, int hundredths) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", String.valueOf(hundredths));
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        loop.setUserObject(new byte[] {1, 0, 0}); // without an end
        child(root, "ApplicationExtensions").appendChild(loop);
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode made = new IIOMetadataNode(name);
        root.appendChild(made);
        return made;
    }
}
