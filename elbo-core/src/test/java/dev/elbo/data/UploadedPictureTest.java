package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadedPictureTest {
    private static final Field.Image GREY = new Field.Image(1, 2, 2);

    @TempDir
    Path folder;

    private Path file(String name, int width, int height, int colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, colour);
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void aPictureOfAnotherSizeIsBroughtToThatOfTheModelAndThatIsSaid() throws IOException {
        UploadedPicture read = UploadedPicture.read(file("wide.png", 8, 4, 0xffff0000), GREY, Ground.WHITE);

        assertThat(read.pixels().shape().sizes()).containsExactly(1, 1, 2, 2);
        assertThat(read.pixels().toFloats()).containsOnly(76 / 255f); // red as it is seen
        assertThat(read.notes())
                .containsExactly(
                        "wide.png has 8 × 4 pixels; its middle is brought to 2 × 2, which the model knows",
                        "wide.png is in colour, and the model knows grey pictures; it is made grey");
    }

    @Test
    void whatIsTransparentLiesOnWhite() throws IOException {
        UploadedPicture read =
                UploadedPicture.read(file("clear.png", 2, 2, 0x00ff0000), new Field.Image(3, 2, 2), Ground.WHITE);

        assertThat(read.pixels().toFloats()).containsOnly(1f);
        assertThat(read.notes()).containsExactly("clear.png is transparent; it is laid on white");
    }

    @Test
    void aMaskHasTheSizeOfThePictureOrOfTheModel() throws IOException {
        UploadedPicture read = UploadedPicture.read(file("wide.png", 8, 4, 0xffff0000), GREY, Ground.WHITE);
        BufferedImage half = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        half.setRGB(0, 0, 0xffffffff);
        Path mask = folder.resolve("mask.png");
        ImageIO.write(half, "png", mask.toFile());

        assertThat(read.known(mask).toFloats()).containsExactly(0, 1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.known(file("other.png", 3, 3, 0xffffffff)))
                .withMessageEndingWith(
                        "other.png has 3 × 3 pixels; it must have those of the picture, 8 × 4, or of the model, 2 × 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.known(file("white.png", 8, 4, 0xffffffff)))
                .withMessageEndingWith("white.png is all white: white pixels are painted anew, and black ones stay");
    }
}
