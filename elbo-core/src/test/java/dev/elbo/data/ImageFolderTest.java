package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    @TempDir
    Path home;

    @Test
    void imagesOfEveryFormatAreRead() throws IOException {
        for (String format : List.of("png", "JPG", "jpeg", "bmp", "gif")) {
            grey(
                    "picture-" + format + "." + format,
                    8,
                    6,
                    128); // Java has no luck with interlaced GIFs of less than 5 rows
        }
        DataSource source = read();

        assertThat(source.spec().fields()).containsOnlyKeys("image");
        assertThat(source.spec().field("image")).isEqualTo(new Field.Image(1, 8, 6));
        assertThat(source.train().field("image").toHost().toLongs())
                .hasSize(5 * 48)
                .containsOnly(128);
    }

    @Test
    void foldersAreClasses() throws IOException {
        grey("dogs/1.png", 2, 2, 200);
        grey("cats/1.png", 2, 2, 100);
        grey("cats/2.png", 2, 2, 100);
        DataSource source = read();

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("cats", "dogs")));
        long[] labels = source.train().field("label").toHost().toLongs();
        assertThat(labels).containsExactlyInAnyOrder(0, 0, 1);
        for (int i = 0; i < labels.length; i++) {
            assertThat(source.train().slice(i, i + 1).field("image").toHost().toLongs())
                    .containsOnly(labels[i] == 0 ? 100 : 200);
        }
    }

    @Test
    void endOfTheTrainingSetHasEveryClass() throws IOException {
        for (int i = 0; i < 40; i++) {
            grey((i < 20 ? "cats/" : "dogs/") + i + ".png", 1, 1, i);
        }
        Split validation = read().train().slice(30, 40);

        assertThat(validation.field("label").toHost().toLongs()).contains(0, 1);
    }

    @Test
    void orderIsTheSameEveryTime() throws IOException {
        for (int i = 0; i < 20; i++) {
            grey(i + ".png", 1, 1, i);
        }
        assertThat(read().train().field("image").toHost().toLongs())
                .isEqualTo(read().train().field("image").toHost().toLongs());
    }

    @Test
    void trainAndTestFoldersAreSplits() throws IOException {
        grey("train/cats/1.png", 2, 2, 1);
        grey("train/dogs/1.png", 2, 2, 2);
        grey("test/dogs/2.png", 2, 2, 3);
        DataSource source = read();

        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(1);
        assertThat(source.test().orElseThrow().field("image").toHost().toLongs())
                .containsOnly(3);
    }

    @Test
    void classMayBeCalledTrain() throws IOException {
        grey("train/1.png", 2, 2, 1);
        grey("tram/1.png", 2, 2, 2);

        assertThat(read().spec().field("label")).isEqualTo(new Field.Category(List.of("train", "tram")));
    }

    @Test
    void aClassThatOneSplitHasAloneIsAClassAndIsTold() throws IOException {
        grey("train/cats/1.png", 2, 2, 1);
        grey("test/cats/1.png", 2, 2, 1);
        grey("test/dogs/2.png", 2, 2, 3);
        DataSource source = read();

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("cats", "dogs")));
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(0, 1);
        assertThat(source.notes()).containsExactly("class 'dogs' has pictures in test only");
    }

    @Test
    void splitsAreKnownInAnySpelling() throws IOException {
        for (String val : List.of("val", "Valid", "VALIDATION", "dev")) {
            Path root = folder.resolve("of-" + val);
            PictureFolder pictures = new PictureFolder(root, home);
            pictures.grey("Train/1.png", 2, 2, 1);
            pictures.grey(val + "/2.png", 2, 2, 2);
            pictures.grey("Testing/3.png", 2, 2, 3);
            DataSource source = pictures.read();

            assertThat(source.spec().fields()).containsOnlyKeys("image");
            assertThat(levels(source.train())).containsOnly(1);
            assertThat(levels(source.validation().orElseThrow())).containsOnly(2);
            assertThat(levels(source.test().orElseThrow())).containsOnly(3);
        }
    }

    private static long[] levels(Split split) {
        return split.field("image").toHost().toLongs();
    }

    @Test
    void splitsWithoutOneToLearnFromAreRefused() throws IOException {
        grey("val/1.png", 2, 2, 1);
        grey("test/1.png", 2, 2, 1);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder
                        + " holds val, test and no train. Call the folder with the images to learn from 'train'.");
    }

    @Test
    void whatLiesBesideSplitsIsNoClass() throws IOException {
        grey("train/1.png", 2, 2, 1);
        grey("test/1.png", 2, 2, 1);
        grey("extra/1.png", 2, 2, 1);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("extra")
                        + " lies beside folders that are splits: train, test. Move it into one of them, or away.");
    }

    @Test
    void twoFoldersForOneSplitAreRefused() throws IOException {
        grey("train/1.png", 2, 2, 1);
        grey("val/1.png", 2, 2, 1);
        grey("valid/1.png", 2, 2, 1);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("valid") + " is for the same as " + folder.resolve("val")
                        + ". Put both into one folder.");
    }

    @Test
    void theOnlyFolderInAFolderIsLookedInto() throws IOException {
        grey("animals/cats/1.png", 2, 2, 1);
        grey("animals/dogs/1.png", 2, 2, 2);
        pictures().text("__MACOSX/._1.png");
        DataSource source = read();

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("cats", "dogs")));
        assertThat(source.train().names()).containsExactlyInAnyOrder("cats/1.png", "dogs/1.png");
        assertThat(source.notes()).containsExactly("folders without a picture, which are no classes: __MACOSX");
    }

    @Test
    void oneColouredImageMakesAllOfThemColoured() throws IOException {
        grey("a.png", 1, 1, 50);
        BufferedImage red = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, 0xff8000);
        write("b.png", red);
        DataSource source = read();

        assertThat(source.spec().field("image")).isEqualTo(new Field.Image(3, 1, 1));
        assertThat(source.train().field("image").toHost().toLongs()).containsExactlyInAnyOrder(50, 50, 50, 255, 128, 0);
        assertThat(source.train().field("image").toHost().toLongs()).containsSubsequence(255, 128, 0);
    }

    @Test
    void hiddenFilesArePassedOverAndOtherKindsAreCounted() throws IOException {
        grey("a.png", 1, 1, 50);
        Files.writeString(folder.resolve("._a.png"), "no image");
        Files.writeString(folder.resolve("README.txt"), "no image");
        Files.writeString(folder.resolve("b.svg"), "no image");
        Files.writeString(folder.resolve("c.svg"), "no image");
        Files.createDirectory(folder.resolve(".thumbnails"));

        assertThat(read().train().size()).isEqualTo(1);
        assertThat(read().notes()).containsExactly("files of other kinds, passed over: 2 .svg, 1 .txt");
    }

    @Test
    void imageOfAnotherSizeIsNamed() throws IOException {
        for (String name : List.of("a.png", "b.png", "c.png")) {
            grey(name, name.startsWith("b") ? 3 : 2, 2, 50);
        }

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("b.png")
                .hasMessageContaining("3 × 2")
                .hasMessageContaining("2 × 2")
                .hasMessageEndingWith(
                        "Give images of one size, or choose an image size to crop and resize them to, as in --image-size 64.");
    }

    @Test
    void chosenSizeCropsAndResizes() throws IOException {
        grey("a.png", 30, 20, 50);
        grey("b.png", 8, 9, 50);
        DataSource source = pictures().read(Reading.standard().imageSize(ImageSize.square(7)));

        assertThat(source.spec().field("image")).isEqualTo(new Field.Image(1, 7, 7));
        assertThat(source.train().field("image").toHost().toLongs()).containsOnly(50);
    }

    @Test
    void resizingTakesMeansOfTheMiddle() {
        Picture wide = new Picture(HostArray.of(new byte[] {9, 0, 10, 20, 30, 9, 9, 40, 50, 60, 70, 9}, 1, 2, 6));

        assertThat(wide.resized(ImageSize.square(2)).levels().toLongs()).containsExactly(10, 20, 50, 60);
        assertThat(wide.resized(ImageSize.square(1)).levels().toLongs()).containsExactly((10 + 20 + 50 + 60) / 4);
        assertThat(wide.resized(ImageSize.square(4)).levels().toLongs())
                .containsExactly(10, 10, 20, 20, 10, 10, 20, 20, 50, 50, 60, 60, 50, 50, 60, 60);
    }

    @Test
    void patchesThroughPixelsTakeTheirShare() {
        Picture three = new Picture(HostArray.of(new byte[] {0, 30, 60, 0, 30, 60, 0, 30, 60}, 1, 3, 3));

        assertThat(three.resized(ImageSize.square(2)).levels().toLongs())
                .containsExactly(10, 50, 10, 50); // (0 + 30 / 2) / 1.5
    }

    @Test
    void greyLevelsAreNotMadeBrighter() throws IOException {
        BufferedImage ramp = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            ramp.getRaster().setSample(x, 0, 0, x);
        }
        write("ramp.png", ramp);

        assertThat(read().train().field("image").toHost().toLongs())
                .isEqualTo(LongStream.range(0, 256).toArray());
    }

    @Test
    void sixteenBitsBecomeEight() throws IOException {
        BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 0x8080, 0xffff});
        write("deep.png", deep);

        assertThat(read().train().field("image").toHost().toLongs()).containsExactly(0, 0x80, 255);
    }

    @Test
    void blackAndWhiteIsGrey() throws IOException {
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xffffff);
        write("bits.png", bits);

        assertThat(read().spec().field("image")).isEqualTo(new Field.Image(1, 1, 2));
        assertThat(read().train().field("image").toHost().toLongs()).containsExactly(0, 255);
    }

    @Test
    void brokenImagesAreNamed() throws IOException {
        for (String format : List.of("png", "jpg", "bmp", "gif")) {
            Path file = pictures().noise("broken." + format);
            byte[] content = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(content, content.length / 2));

            assertThatThrownBy(this::read)
                    .as(format)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageStartingWith(file + " is a broken image (")
                    .hasMessageEndingWith("Replace or remove it.");
            Files.delete(file);
        }
    }

    @Test
    void fileThatIsOnlyCalledAnImageIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.png"), "<html>not found</html>");

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("a.png")
                        + " is no PNG, JPEG, GIF, BMP, TIFF, WebP, PPM or PGM image. Replace or remove it.");
    }

    @Test
    void folderWithoutImagesIsTold() {
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        folder + " holds no images, neither in it nor in its sub-folders. Give a folder with PNG,"
                                + " JPEG, GIF, BMP, TIFF, WebP, PPM or PGM files, with train-images-idx3-ubyte, with images-000.npy, or with train.txt.");
    }

    @Test
    void imagesBesideClassFoldersAreRefused() throws IOException {
        grey("cats/1.png", 2, 2, 1);
        grey("dog.png", 2, 2, 1);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("dog.png") + " lies beside folders, and these are taken for classes: [cats]."
                        + " Move it into one of them, or the folders away.");
    }

    @Test
    void foldersWithinAClassBelongToIt() throws IOException {
        grey("cats/1.png", 2, 2, 1);
        grey("cats/kittens/1.png", 2, 2, 1);
        grey("dogs/1.png", 2, 2, 1);
        DataSource source = read();

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("cats", "dogs")));
        assertThat(source.train().names()).containsExactlyInAnyOrder("cats/1.png", "cats/kittens/1.png", "dogs/1.png");
    }

    @Test
    void allBrokenPicturesAreNamedAtOnce() throws IOException {
        grey("a.png", 2, 2, 1);
        pictures().text("b.png");
        grey("c.png", 2, 2, 1);
        pictures().text("d.jpg");

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("2 of 4 pictures in " + folder + " cannot be read:\n  ")
                .hasMessageContaining(folder.resolve("b.png") + " is no PNG")
                .hasMessageContaining(folder.resolve("d.jpg") + " is no PNG")
                .hasMessageEndingWith("To leave them out: --skip-broken.");
    }

    @Test
    void brokenPicturesCanBeLeftOutAndThatIsTold() throws IOException {
        grey("cats/a.png", 2, 2, 1);
        pictures().text("cats/b.png");
        grey("dogs/c.png", 2, 2, 3);
        DataSource source = pictures().read(Reading.standard().skippingBroken());

        assertThat(source.train().size()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            Split one = source.train().slice(i, i + 1);
            boolean cat = one.names().equals(List.of("cats/a.png"));
            assertThat(levels(one)).containsOnly(cat ? 1 : 3);
            assertThat(one.field("label").toHost().toLongs()).containsExactly(cat ? 0 : 1);
        }
        assertThat(source.notes()).containsExactly("broken pictures, left out: 1 (b.png)");
    }

    @Test
    void celebaIsReadAsItIsPublished() throws IOException {
        for (int i = 1; i <= 4; i++) {
            grey("img_align_celeba/00000" + i + ".png", 2, 2, i);
        }
        Files.writeString(
                folder.resolve("list_attr_celeba.txt"),
                "3\nMale Smiling\n000001.png -1 1\n000002.png  1 1\n000003.png  1 -1\n");
        Files.writeString(folder.resolve("list_eval_partition.txt"), "000001.png 0\n000002.png 1\n000003.png 2\n");
        DataSource source = read();

        assertThat(source.spec().field("attributes"))
                .isEqualTo(new Field.Table(List.of("Male", "Smiling"), Optional.empty()));
        assertThat(source.train().names()).containsExactly("img_align_celeba/000001.png");
        assertThat(source.train().field("attributes").toHost().toFloats()).containsExactly(-1, 1);
        assertThat(source.validation()
                        .orElseThrow()
                        .field("attributes")
                        .toHost()
                        .toFloats())
                .containsExactly(1, 1);
        assertThat(levels(source.test().orElseThrow())).containsOnly(3);
        assertThat(source.notes()).containsExactly("pictures that list_attr_celeba.txt does not name, left out: 1");
    }

    @Test
    void classesMayStandInATableBesideThePictures() throws IOException {
        grey("a.png", 2, 2, 1);
        grey("b.png", 2, 2, 2);
        Files.writeString(folder.resolve("labels.csv"), "file,label\na.png,owl\nb.png,ant\n");
        DataSource source = read();

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("ant", "owl")));
        for (int i = 0; i < 2; i++) {
            Split one = source.train().slice(i, i + 1);
            assertThat(one.field("label").toHost().toLongs())
                    .containsExactly(one.names().equals(List.of("a.png")) ? 1 : 0);
        }
        assertThat(source.notes()).isEmpty();
    }

    private PictureFolder pictures() {
        return new PictureFolder(folder, home);
    }

    private DataSource read() throws IOException {
        return pictures().read();
    }

    private Path grey(String name, int height, int width, int level) throws IOException {
        return pictures().grey(name, height, width, level);
    }

    private Path write(String name, BufferedImage image) throws IOException {
        return pictures().write(name, image);
    }

    @Test
    void splitsMayBeCalledAsDownloadsCallThem() throws IOException {
        grey("training_set/cats/1.png", 2, 2, 1);
        grey("training_set/dogs/2.png", 2, 2, 2);
        grey("Val-Images/cats/3.png", 2, 2, 3);
        grey("2_test/dogs/4.png", 2, 2, 4);
        DataSource source = read();

        assertThat(levels(source.train())).contains(1, 2).doesNotContain(3, 4);
        assertThat(levels(source.validation().orElseThrow())).containsOnly(3);
        assertThat(levels(source.test().orElseThrow())).containsOnly(4);
    }

    @Test
    void classesThatAreCalledNearlyAsSplitsAreTold() throws IOException {
        grey("trainA/1.png", 2, 2, 1);
        grey("testA/1.png", 2, 2, 1);

        assertThat(read().notes())
                .containsExactly("folders taken for classes, and called nearly as splits are (train, val, test): testA,"
                        + " trainA");
    }

    @Test
    void oneFolderTellsNothingApartAndIsNoClass() throws IOException {
        grey("train/images/1.png", 2, 2, 1);
        grey("test/images/2.png", 2, 2, 2);
        DataSource source = read();

        assertThat(source.spec().fields()).containsOnlyKeys("image");
        assertThat(levels(source.test().orElseThrow())).containsOnly(2);
        assertThat(source.notes())
                .containsExactly("all pictures lie in the folder 'images', which is no class: one tells nothing apart");
    }

    @Test
    void foldersWithinClassesAreTold() throws IOException {
        grey("animals/cats/1.png", 2, 2, 1);
        grey("plants/2.png", 2, 2, 2);

        assertThat(read().notes())
                .containsExactly("folders within classes, which are no classes of their own: animals/cats");
    }

    @Test
    void testPicturesWithoutClassesAreToldAsSuch() throws IOException {
        grey("train/cats/1.png", 2, 2, 1);
        grey("train/dogs/2.png", 2, 2, 1);
        grey("test/3.png", 2, 2, 2);

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("test")
                        + " holds pictures without a class, and other splits have the classes [cats, dogs]."
                        + " Put them into folders of these classes, or move the folder away.");
    }

    @Test
    void aLinkThatLeadsBackIsPassedOver() throws IOException {
        grey("cats/1.png", 2, 2, 1);
        grey("dogs/1.png", 2, 2, 1);
        Files.createSymbolicLink(folder.resolve("cats/all"), folder);

        assertThat(read().train().size()).isEqualTo(2);
        assertThat(read().notes()).containsExactly("files of other kinds, passed over: 1 link back");
    }
}
