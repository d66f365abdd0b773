package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
    @TempDir
    private Path folder;

    @Test
    void aFileHoldsThePixels() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 0, 0x123456);
        Path file = Png.write(image, folder.resolve("figures/two.png"));
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getRGB(0, 0)).isEqualTo(0xff000000);
        assertThat(read.getRGB(1, 0)).isEqualTo(0xff123456);
    }

    @Test
    void anOlderFileIsReplacedAndNothingElseRemains() throws IOException {
        Path file = folder.resolve("a.png");
        Png.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), file);
        Png.write(new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB), file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws IOException {
        Path occupied = folder.resolve("a.png");
        Files.createDirectories(occupied.resolve("inside"));
        assertThatThrownBy(() -> Png.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), occupied))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(occupied);
        }
    }
}
