package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
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
        Reading options = new Reading(
                ImageSize.AS_IT_IS,
                Ground.parse("#0000FF"),
                false,
                PixelRange.AUTO,
                30,
                100,
                1,
                Tokeniser.WORDS,
                0,
                SoundReading.standard(),
                PictureReading.standard());

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

    /** Two pixels, (34, 145, 255, 0) and (0, 0, 0, 255), in cyan, magenta, yellow and black: TIFF 6.0, section 16. */
    private static byte[] printedTiff() {
        int[][] tags = {
            {256, 2}, {257, 1}, {258, 8}, {259, 1}, {262, 5}, {273, 8}, {277, 4}, {278, 1}, {279, 8}, {284, 1}, {332, 1}
        };
        ByteBuffer tiff = ByteBuffer.allocate(16 + 2 + 12 * tags.length + 4); // big-endian
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(16);
        tiff.put(new byte[] {34, (byte) 145, (byte) 255, 0, 0, 0, 0, (byte) 255});
        tiff.putShort((short) tags.length);
        for (int[] tag : tags) {
            boolean isOfBits = tag[0] == 258;
            tiff.putShort((short) tag[0]).putShort((short) 3).putInt(1);
            tiff.putShort((short) (isOfBits ? 8 : tag[1])).putShort((short) 0);
        }
        return tiff.array();
    }

    @Test
    void picturesInPrintersInksAreReadInTheirColours() throws IOException {
        Path tiff = Files.write(folder.resolve("inks.tif"), printedTiff());
        assertThat(PictureFile.read(tiff, Ground.WHITE).picture().levels().toLongs())
                .containsExactly(221, 0, 110, 0, 0, 0); // red, green, blue, of two pixels each

        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        for (int ink : new int[] {0, 2, 3}) { // Adobe's are the other way round: 255 is none
            inks.setSamples(
                    0,
                    0,
                    SIDE,
                    SIDE,
                    ink,
                    IntStream.range(0, SIDE * SIDE).map(i -> 255).toArray());
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(inks, null, null), null);
        }
        writer.dispose();
        ByteBuffer adobe = ByteBuffer.allocate(jpeg.size() + 16); // with a segment APP14 behind the first marker
        adobe.put(jpeg.toByteArray(), 0, 2).putShort((short) 0xffee).putShort((short) 14);
        adobe.put("Adobe\0d\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        adobe.put(jpeg.toByteArray(), 2, jpeg.size() - 2);
        Path file = Files.write(folder.resolve("inks.jpg"), adobe.array());
        long[] levels = PictureFile.read(file, Ground.WHITE).picture().levels().toLongs();
        assertThat(levels[0]).as("red beside magenta").isGreaterThan(200); // of what is lost in a JPEG
        assertThat(levels[SIDE * SIDE]).as("no green in magenta").isLessThan(55);
    }

    @Test
    void anAnimationIsReadByItsFirstPictureAndThatIsTold() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out =
                ImageIO.createImageOutputStream(folder.resolve("a.gif").toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(quarters(0, 0, 0, 0), null, null), null);
            writer.writeToSequence(new IIOImage(quarters(250, 250, 250, 250), null, null), null);
            writer.endWriteSequence();
        }
        writer.dispose();
        DataSource source = pictures().read();

        assertThat(source.train().field("image").toHost().toLongs()).containsOnly(0);
        assertThat(source.notes()).containsExactly("files of several pictures, of which the first was taken: 1");
    }

    @Test
    void samplesWithoutAnAgreedWhiteAreNotTakenForBlack() throws IOException {
        BufferedImage floats = new BufferedImage(
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_GRAY),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_FLOAT),
                Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_FLOAT, 2, 2, 1), null),
                false,
                null);
        Path file = pictures().write("depth.tiff", floats);

        assertThatThrownBy(() -> PictureFile.read(file, Ground.WHITE))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        file + " has samples of 32 bits, of which nothing says which are black and white. Save it with"
                                + " 8 or 16 bits, or all such pictures as an array: np.save(file, pictures).");
    }

    @Test
    void whatCannotEvenBeOpenedIsToldAsBrokenFilesAre() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.png"));
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("nowhere.png"));
        pictures().grey("whole.png", 2, 2, 7);

        assertThatThrownBy(pictures()::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(empty + " is empty. Replace or remove it.")
                .hasMessageContaining(link + " is a link to nothing, or was just removed. Replace or remove it.");
        assertThat(pictures().read(Reading.standard().skippingBroken()).train().size())
                .isEqualTo(1);
    }
}
