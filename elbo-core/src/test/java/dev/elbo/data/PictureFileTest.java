package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFileTest {
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private PictureFolder pictures() {
        return new PictureFolder(folder, home);
    }

    /** Quarters of 8 × 8 pixels, two wide and one high: JPEG keeps blocks of one level exactly enough. */
    private static BufferedImage quarters(int... levels) {
        BufferedImage image = new BufferedImage(2 * SIDE, 2 * SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 2 * SIDE; y++) {
            for (int x = 0; x < 2 * SIDE; x++) {
                image.getRaster().setSample(x, y, 0, levels[y / SIDE * 2 + x / SIDE]);
            }
        }
        return image;
    }

    /** The levels at the middles of the quarters. */
    private static List<Integer> quarters(Picture picture) {
        byte[] levels = new byte[4 * SIDE * SIDE];
        picture.levels().bytes().get(0, levels);
        return List.of(SIDE / 2, SIDE / 2 + SIDE).stream()
                .flatMap(y -> List.of(SIDE / 2, SIDE / 2 + SIDE).stream()
                        .map(x -> Math.round((levels[y * 2 * SIDE + x] & 0xff) / 10f) * 10))
                .toList();
    }

    /** A JPEG with the tag Orientation, as cameras write it: an APP1 segment of EXIF, which is TIFF, behind the first marker. */
    private Path photograph(int orientation, BufferedImage image) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        ByteBuffer exif = ByteBuffer.allocate(36); // big-endian
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1); // one entry: tag, type SHORT, count, value
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        byte[] content = jpeg.toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(content, 0, 2);
        all.write(exif.array());
        all.write(content, 2, content.length - 2);
        return Files.write(folder.resolve("photo-" + orientation + ".jpg"), all.toByteArray());
    }

    /** What is stored is 10 20 / 30 40; EXIF 2.3, table 6, says where its first row and column are to be seen. */
    @ParameterizedTest
    @CsvSource({
        "1, 10 20 30 40",
        "2, 20 10 40 30",
        "3, 40 30 20 10",
        "4, 30 40 10 20",
        "5, 10 30 20 40",
        "6, 30 10 40 20",
        "7, 40 20 30 10",
        "8, 20 40 10 30"
    })
    void photographsThatWereTakenLyingAreTurnedUpright(int orientation, String expected) throws IOException {
        PictureFile file = PictureFile.read(photograph(orientation, quarters(10, 20, 30, 40)), Ground.WHITE);

        assertThat(quarters(file.picture()))
                .isEqualTo(Arrays.stream(expected.split(" ", -1))
                        .map(Integer::valueOf)
                        .toList());
        assertThat(file.turned()).isEqualTo(orientation != 1);
    }

    @Test
    void aLyingPhotographIsAsHighAsItIsShown() throws IOException {
        BufferedImage wide = new BufferedImage(3 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        PictureFile file = PictureFile.read(photograph(6, wide), Ground.WHITE);

        assertThat(file.picture().height()).isEqualTo(3 * SIDE);
        assertThat(file.picture().width()).isEqualTo(SIDE);
    }

    @Test
    void turningIsTold() throws IOException {
        photograph(6, quarters(10, 20, 30, 40));
        photograph(1, quarters(10, 20, 30, 40));

        assertThat(pictures().read().notes()).containsExactly("pictures that were stored lying, turned upright: 1");
    }

    /** Red hides below what is not seen. */
    private void cutout(String name) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00ff0000);
        image.setRGB(1, 0, 0xff00ff00);
        image.setRGB(2, 0, 0x8000ff00); // opacity 128 of 255
        pictures().write(name, image);
    }

    @Test
    void transparentPicturesAreLaidOnWhiteAndThatIsTold() throws IOException {
        cutout("a.png");
        DataSource source = pictures().read();

        assertThat(source.train().field("image").toHost().toLongs())
                .containsExactly(255, 0, 127, 255, 255, 255, 255, 0, 127);
        assertThat(source.notes()).containsExactly("transparent pictures, laid on white: 1 (--ground chooses)");
    }

    @Test
    void theGroundCanBeChosen() throws IOException {
        cutout("a.png");
        Reading options = new Reading(ImageSize.AS_IT_IS, Ground.parse("#0000FF"), false, 30, 100, 1);

        assertThat(pictures().read(options).train().field("image").toHost().toLongs())
                .containsExactly(0, 0, 0, 0, 255, 128, 255, 0, 127);
        assertThat(Ground.parse("black").toString()).isEqualTo("black");
        assertThat(Ground.parse("#0000FF").toString()).isEqualTo("#0000ff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ground.parse("pink"))
                .withMessage("'pink' is no ground; write white, black, or a colour as #ff8000");
    }

    @Test
    void greyWithTransparencyStaysGrey() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0xff404040);
        java.awt.color.ColorSpace grey = java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_GRAY);
        java.awt.image.ColorModel model = new java.awt.image.ComponentColorModel(
                grey, true, false, java.awt.Transparency.TRANSLUCENT, java.awt.image.DataBuffer.TYPE_BYTE);
        java.awt.image.WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {0, 0, 64, 255});
        pictures().write("a.png", new BufferedImage(model, raster, false, null));
        DataSource source = pictures().read();

        assertThat(source.spec().field("image")).isEqualTo(new Field.Image(1, 1, 2));
        assertThat(source.train().field("image").toHost().toLongs()).containsExactly(255, 64);
    }

    @Test
    void tiffPpmPgmAndWebpAreRead() throws IOException {
        pictures().grey("a.tiff", 1, 1, 70);
        Files.write(folder.resolve("b.pgm"), "P5\n1 1\n255\nF".getBytes(StandardCharsets.US_ASCII)); // F is 70
        Files.write(folder.resolve("c.ppm"), "P6\n1 1\n255\nFFF".getBytes(StandardCharsets.US_ASCII));
        DataSource source = pictures().read();
        assertThat(source.train().size()).isEqualTo(3);
        assertThat(source.train().field("image").toHost().toLongs()).containsOnly(70);

        // one pixel, transparent, without loss
        byte[] webp = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
        PictureFile file = PictureFile.read(Files.write(folder.resolve("d.webp"), webp), Ground.WHITE);
        assertThat(file.transparent()).isTrue();
        assertThat(file.picture().levels().toLongs()).containsExactly(255, 255, 255);
    }
}
