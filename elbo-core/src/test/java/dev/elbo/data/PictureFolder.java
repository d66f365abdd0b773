package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of pictures that a test makes. */
record PictureFolder(Path folder, Path home) {
    DataSource read() throws IOException {
        return read(Reading.standard());
    }

    DataSource read(Reading options) throws IOException {
        return new ImageFolder().read(folder, options, new DataCache(home, Optional.empty(), event -> {}));
    }

    /** All pixels of one level. */
    Path grey(String name, int height, int width, int level) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int[] levels = new int[width * height];
        Arrays.fill(levels, level);
        image.getRaster().setPixels(0, 0, width, height, levels);
        return write(name, image);
    }

    /** An image that does not compress, so that its first half is not all of it. */
    Path noise(String name) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.getRaster().setSample(i % 64, i / 64, 0, random.nextInt(256));
        }
        return write(name, image);
    }

    Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    Path text(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "no image");
    }
}
