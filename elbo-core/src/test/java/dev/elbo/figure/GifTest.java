package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class GifTest {
    @Test
    void holdsAllPicturesAndBeginsAgain() throws IOException {
        BufferedImage black = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        BufferedImage white = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        white.setRGB(9, 8, 0xffffff);

        byte[] gif = Gif.bytes(List.of(black, white), 8);

        assertThat(new String(gif, StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(2);
            assertThat(reader.read(1).getRGB(9, 8)).isEqualTo(0xffffffff);
        }
    }
}
