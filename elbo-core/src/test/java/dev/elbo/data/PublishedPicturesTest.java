package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedPicturesTest {
    @TempDir
    Path folder;

    private static byte[] png(int colour) throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, colour);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Sixteen emoji; the first has a variant in a dark tone. */
    private Path emoji() throws IOException {
        StringBuilder list = new StringBuilder("[");
        for (String vendor : new String[] {"google", "twitter"}) {
            Path pictures = Files.createDirectories(folder.resolve(vendor));
            for (int i = 0; i < 16; i++) {
                Files.write(pictures.resolve(i + ".png"), png(vendor.equals("google") ? 0xffff0000 : 0xff0000ff));
            }
            Files.write(pictures.resolve("0-dark.png"), png(0xff332211));
            PackedFolder.write(pictures, folder.resolve(vendor + ".zip"));
        }
        for (int i = 0; i < 16; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"short_name\":\"red-thing_")
                    .append(i)
                    .append("\",\"category\":\"Objects\",\"image\":\"")
                    .append(i)
                    .append(".png\",\"has_img_google\":true,\"has_img_twitter\":true")
                    .append(
                            i == 0
                                    ? ",\"skin_variations\":{\"1F3FF\":{\"image\":\"0-dark.png\",\"has_img_google\":true,"
                                            + "\"has_img_twitter\":true}}"
                                    : "")
                    .append('}');
        }
        Files.writeString(folder.resolve("emoji.json"), list.append(']'), StandardCharsets.UTF_8);
        return folder;
    }

    @Test
    void emojiHaveWordsACategoryAVendorAndATone() throws IOException {
        DataSource source = Emoji.open(emoji(), Reading.standard());

        assertThat(source.spec().fields().keySet()).containsExactly("image", "label", "vendor", "tone", "words");
        assertThat(source.train().field("image")).hasToString("UINT8 [30, 3, 2, 2]");
        assertThat(source.test().orElseThrow().names())
                .containsExactlyInAnyOrder("red thing 14, google", "red thing 14, twitter");
        int dark = source.train().names().indexOf("red thing 0, google");
        assertThat(dark).isNotNegative();
        assertThat(source.spec().field("tone").names()).contains("dark");
    }

    @Test
    void emojiOfOneVendorCanBeChosen() throws IOException {
        Reading google = Reading.standard()
                .pictures(new PictureReading(PictureReading.Vendor.GOOGLE, 0, PictureReading.AUTO, 500));

        DataSource source = Emoji.open(emoji(), google);

        assertThat(source.train().size()).isEqualTo(15);
        assertThat(source.train().field("vendor").toHost().toLongs()).containsOnly(0);
        assertThat(source.train().names()).allMatch(name -> name.endsWith(", google"));
    }

    @Test
    void aFolderOfAnNpmPackageBecomesOneFile() throws IOException {
        Files.write(
                folder.resolve("made.tgz"),
                TinyTar.gzip(
                        TinyTar.file("package/emoji.json", "[]".getBytes(StandardCharsets.UTF_8)),
                        TinyTar.file("package/img/64/b.png", png(1)),
                        TinyTar.file("package/img/64/a.png", png(2)),
                        TinyTar.file("package/img/64/../evil.png", png(3))));
        Path script = Files.writeString(folder.resolve("client"), "#!/bin/sh\ncp ../made.tgz emoji-1.tgz\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Source.Delivery delivery =
                new NpmPictures(script.toString(), "emoji@1", "package/img/64", "google.zip").open(scratch);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Files.write(pictures.resolve("a.png"), png(2));
        Files.write(pictures.resolve("b.png"), png(1));
        PackedFolder.write(pictures, folder.resolve("expected.zip"));

        try (InputStream zip = delivery.read("google.zip");
                InputStream list = delivery.read("emoji.json")) {
            assertThat(zip).hasSameContentAs(Files.newInputStream(folder.resolve("expected.zip")));
            assertThat(list).hasContent("[]");
        }
    }

    @Test
    void scenesAreSquaresOfPhotographsAndPartedByPhotograph() throws IOException {
        List<String> photographs =
                IntStream.range(0, 7).mapToObj(i -> i + ".png").toList();
        for (String photograph : photographs) {
            ImageIO.write(
                    new BufferedImage(40, 33, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(photograph).toFile());
        }
        Reading small = Reading.standard().pictures(PictureReading.standard().tile(16));

        DataSource source = Scenes.open(folder, photographs, small);

        assertThat(source.train().field("image")).hasToString("UINT8 [20, 3, 16, 16]"); // 2 × 2 of 5 photographs
        assertThat(source.validation().orElseThrow().names()).allMatch(name -> name.startsWith("3.png"));
        assertThat(source.test().orElseThrow().names()).allMatch(name -> name.startsWith("6.png"));
        assertThat(Scenes.open(folder, photographs, small.imageSize(ImageSize.square(8)))
                        .train()
                        .field("image"))
                .hasToString("UINT8 [20, 3, 8, 8]");
    }

    @Test
    void scenesAreOfSeveralScalesFromTheWholePhotographToAQuarterOfIt() throws IOException {
        BufferedImage photograph = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 96; x++) {
            for (int y = 0; y < 64; y++) {
                photograph.setRGB(x, y, x < 48 ? 0 : 0xffffff);
            }
        }
        ImageIO.write(photograph, "png", folder.resolve("0.png").toFile());
        Reading small = Reading.standard().imageSize(ImageSize.square(16));

        DataSource source = Scenes.open(folder, List.of("0.png"), small);

        // of sides 64, 32, 21 and 16, half a side apart: 1 × 2, 3 × 5, 5 × 8 and 7 × 11
        assertThat(source.train().field("image")).hasToString("UINT8 [134, 3, 16, 16]");
        int whole = source.train().names().indexOf("0.png 0");
        long[] levels = source.train().field("image").rows(whole, whole + 1L).toLongs();
        assertThat(levels[11]).isZero(); // 48 of 64 pixels are black
        assertThat(levels[12]).isEqualTo(255);
        assertThat(Scenes.open(folder, List.of("0.png"), small.imageSize(ImageSize.square(32)))
                        .train()
                        .size())
                .as("squares are not enlarged")
                .isEqualTo(2 + 15);
    }

    @Test
    void eachCharacterAndEachStyleOfHanziFontsIsLearnedFrom() throws IOException {
        List<String> usual = DrawnHanzi.usual(DrawnHanzi.MOST);
        assertThat(usual)
                .hasSize(3755)
                .doesNotHaveDuplicates()
                .startsWith("\u554a")
                .endsWith("\u5ea7");
        Reading fifty =
                Reading.standard().pictures(new PictureReading(PictureReading.Vendor.BOTH, 0, PictureReading.AUTO, 50));
        DataSource source;
        try {
            source = DrawnHanzi.of(fifty).source();
        } catch (IllegalArgumentException none) {
            assertThat(none).hasMessageContaining("apt install fonts-wqy-microhei");
            return; // this machine has no Chinese font, and it is said
        }
        int styles = source.spec().field("style").names().size();
        assertThat(styles % 4).isZero();
        assertThat(LongStream.of(source.train().field("label").toHost().toLongs())
                        .distinct()
                        .count())
                .isEqualTo(50);
        assertThat(LongStream.of(source.train().field("style").toHost().toLongs())
                        .distinct()
                        .count())
                .isEqualTo(styles);
        assertThat(source.train().size()
                        + source.validation().orElseThrow().size()
                        + source.test().orElseThrow().size())
                .isEqualTo(50L * styles);
        long[] levels = source.train().field("image").rows(0, 1).toLongs();
        assertThat(levels).hasSize(32 * 32).contains(255);
        assertThat(LongStream.of(levels).min().orElseThrow()).isLessThan(64);
    }

    @Test
    void aFontThatIsNotThereIsSaid() {
        Reading nothing =
                Reading.standard().pictures(new PictureReading(PictureReading.Vendor.BOTH, 0, "No Such Font", 5));
        assertThatThrownBy(() -> DrawnHanzi.of(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no file and no installed font 'No Such Font'");
    }

    @Test
    void charactersAreKnownByTheirPlaneAndCode() throws IOException {
        Path plane = Files.createDirectories(folder.resolve("cns11643/a1"));
        Files.write(plane.resolve("8EA1C4A1.png"), png(0xff000000));
        Files.createDirectories(folder.resolve("cns11643/a10"));
        Files.write(folder.resolve("cns11643/a10/8EAAA1A1.png"), png(0xff000000));
        PackedFolder.write(folder.resolve("cns11643"), folder.resolve("cns11643.zip"));

        DataSource source = Hanzi.open(folder, Reading.standard());

        assertThat(source.train().field("image")).hasToString("UINT8 [2, 1, 24, 24]");
        assertThat(source.spec().field("label").names()).containsExactly("1", "10");
        assertThat(source.train().names()).contains("\u4e00"); // one
    }

    @Test
    void theBinaryFilesOfCifarAreReadFromTheirFolder() throws IOException {
        byte[] two = new byte[2 * 3073];
        two[0] = 3;
        two[3073] = 9;
        two[1] = (byte) 200;
        Files.write(folder.resolve("data_batch_1.bin"), two);
        Files.write(folder.resolve("test_batch.bin"), new byte[3073]);

        DataSource source = Format.of(folder).read(folder, Reading.standard(), cache(Optional.empty()));

        assertThat(source.train().field("image")).hasToString("UINT8 [2, 3, 32, 32]");
        assertThat(source.train().field("image").rows(0, 1).toLongs()[0]).isEqualTo(200);
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(3, 9);
        assertThat(source.test().orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void aZipOfPicturesIsReadAsItsFolder() throws IOException {
        for (String place : new String[] {"set/train/cat", "set/train/dog", "set/test/cat"}) {
            Path pictures = Files.createDirectories(folder.resolve(place));
            Files.write(pictures.resolve("0.png"), png(0xff000000));
        }
        Path zip = folder.resolve("pets.zip");
        PackedFolder.write(folder.resolve("set"), zip);

        DataSource source = Format.of(zip).read(zip, Reading.standard(), cache(Optional.empty()));

        assertThat(source.spec().name()).isEqualTo("pets");
        assertThat(source.spec().field("label").names()).containsExactly("cat", "dog");
        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.test().orElseThrow().names()).containsExactly("test/cat/0.png");
    }

    @Test
    void aTruncatedFileOfCifarIsRefused() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), new byte[100]);

        assertThatThrownBy(() -> Format.of(folder).read(folder, Reading.standard(), cache(Optional.empty())))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has 100 bytes, and images of CIFAR-10 have 3073 each");
    }

    private DataCache cache(Optional<Path> supplied) {
        return new DataCache(folder.resolve("cache"), supplied, event -> {});
    }

    @Test
    void facesAreReadFromTheFolderThatIsNamedAndCredited() throws IOException {
        Path faces = Files.createDirectories(folder.resolve("mine/orl-faces/s1"));
        Files.write(faces.resolve("1.png"), png(1));
        Files.createDirectories(folder.resolve("mine/orl-faces/s2"));
        Files.write(folder.resolve("mine/orl-faces/s2/1.png"), png(2));

        DataSource source = DataCatalog.standard()
                .open("orl-faces", cache(Optional.of(folder.resolve("mine"))), Reading.standard());

        assertThat(source.spec().name()).isEqualTo("orl-faces");
        assertThat(source.spec().attribution()).contains("AT&T");
        assertThat(source.spec().field("label").names()).containsExactly("s1", "s2");
    }

    @Test
    void facesWithoutAFolderAreAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataCatalog.standard().open("celeba", cache(Optional.empty()), Reading.standard()))
                .withMessage("celeba is not to be fetched: say in which folder it is, as by --data-dir FOLDER;"
                        + " './elbo data celeba' tells what must be there");
    }
}
