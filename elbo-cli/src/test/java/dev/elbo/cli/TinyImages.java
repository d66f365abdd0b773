package dev.elbo.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of grey images of 8 × 8 pixels in two classes: a bar that stands, and a bar that lies. */
final class TinyImages {
    private static final int SIDE = 8;

    private TinyImages() {}

    /** Writes 80 images of each class to train on and 20 to test. */
    static Path write(Path folder) throws IOException {
        Random random = new Random(1);
        for (String split : new String[] {"train", "test"}) {
            for (String label : new String[] {"lying", "standing"}) {
                Path place = Files.createDirectories(folder.resolve(split).resolve(label));
                for (int i = 0; i < (split.equals("train") ? 80 : 20); i++) {
                    BufferedImage image = image(label.equals("lying"), random);
                    ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
                }
            }
        }
        return folder;
    }

    private static BufferedImage image(boolean lying, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int at = random.nextInt(SIDE);
        for (int i = 0; i < SIDE; i++) {
            int grey = 155 + random.nextInt(100);
            image.getRaster().setSample(lying ? i : at, lying ? at : i, 0, grey);
        }
        return image;
    }
}
