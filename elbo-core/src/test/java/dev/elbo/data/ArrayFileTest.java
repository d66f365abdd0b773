package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFileTest {
    @TempDir
    Path folder;

    @Test
    void bytesWithoutChannelsAreGreyImages() throws IOException {
        DataSource source = openNpy(HostArray.of(new byte[] {0, 1, 2, 3, 4, 5}, 1, 2, 3));

        assertThat(source.spec()).isEqualTo(new DataSpec("array.npy", Map.of("image", new Field.Image(1, 2, 3)), ""));
        assertThat(source.train().field("image").toHost().toLongs()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(source.test()).isEmpty();
    }

    @Test
    void channelsMayComeFirstOrLast() throws IOException {
        float[] values = {0f, .1f, .2f, .3f, .4f, .5f};

        assertThat(openNpy(HostArray.of(values, 1, 3, 1, 2))
                        .train()
                        .field("image")
                        .toHost()
                        .toFloats())
                .containsExactly(values);
        HostArray last =
                openNpy(HostArray.of(values, 1, 2, 1, 3)).train().field("image").toHost();
        assertThat(last.shape()).isEqualTo(Shape.of(1, 3, 2, 1));
        assertThat(last.toFloats()).containsExactly(0f, .3f, .1f, .4f, .2f, .5f);
    }

    @Test
    void twoDimensionsAreRows() throws IOException {
        DataSource source = openNpy(HostArray.of(new double[] {-1, 0, 1e3, 2.5}, 2, 2));

        assertThat(source.spec().fields()).containsExactly(Map.entry("row", new Field.Table(2)));
        assertThat(source.train().field("row").dtype()).isEqualTo(DType.FLOAT32);
        assertThat(source.train().field("row").toHost().toFloats()).containsExactly(-1f, 0f, 1000f, 2.5f);
    }

    @Test
    void booleansAreBlackAndWhite() throws IOException {
        HostArray bits = new HostArray(DType.BOOL, Shape.of(1, 1, 2), ByteBuffer.wrap(new byte[] {0, 1}));

        assertThat(openNpy(bits).train().field("image").toHost().toLongs()).containsExactly(0, 255);
    }

    @Test
    void doublesBecomeFloats() throws IOException {
        RowSource image =
                openNpy(HostArray.of(new double[] {.25, 1}, 1, 1, 2)).train().field("image");

        assertThat(image).hasToString("FLOAT32 [1, 1, 1, 2]");
    }

    private static HostArray floats(double... values) {
        return HostArray.of(values, 1, 1, values.length);
    }

    private static float[] pixels(DataSource source) {
        return source.train().field("image").toHost().toFloats();
    }

    @Test
    void floatsInTheUnitIntervalAreTakenAsTheyAre() throws IOException {
        DataSource source = openNpy(floats(.25, .5));

        assertThat(pixels(source)).containsExactly(.25f, .5f);
        assertThat(source.notes()).isEmpty();
    }

    @Test
    void floatsOfAnyRangeAreBroughtToTheUnitInterval() throws IOException {
        assertThat(pixels(openNpy(floats(-1, 0, 1)))).containsExactly(0, .5f, 1);
        assertThat(openNpy(floats(-1, 0, 1)).notes()).containsExactly("values from -1 to 1 were brought to 0 to 1");

        assertThat(pixels(openNpy(floats(0, 51, 204)))).containsExactly(0, .2f, .8f);
        assertThat(openNpy(floats(0, 51, 204)).notes()).containsExactly("values from 0 to 255 were brought to 0 to 1");

        assertThat(pixels(openNpy(floats(-.5, 3.5, 1.5)))).containsExactly(0, 1, .5f);
        assertThat(openNpy(floats(-.5, 3.5, 1.5)).notes())
                .containsExactly("values from -0.500000 to 3.50000 were brought to 0 to 1");
    }

    @Test
    void constantImagesAreBlack() throws IOException {
        assertThat(pixels(openNpy(floats(7, 7)))).containsExactly(0, 0);
    }

    @Test
    void rangeIsOneForAllSplits() throws IOException {
        DataSource source = openNpz(Map.of("x_train", floats(0, 1), "x_test", floats(4, 2), "x_val", floats(3, 3)));

        assertThat(pixels(source)).containsExactly(0, .25f);
        assertThat(source.test().orElseThrow().field("image").toHost().toFloats())
                .containsExactly(1, .5f);
        assertThat(source.validation().orElseThrow().field("image").toHost().toFloats())
                .containsExactly(.75f, .75f);
        assertThat(source.notes()).containsExactly("values from 0 to 4 were brought to 0 to 1");
    }

    @Test
    void wholeNumbersOfAnyWidthArePixels() throws IOException {
        assertThat(pixels(openNpy(HostArray.of(new long[] {0, 65535, 13107}, 1, 1, 3))))
                .containsExactly(0, 1, .2f);
        assertThat(openNpy(HostArray.of(new long[] {0, 65535}, 1, 1, 2)).notes())
                .containsExactly("values from 0 to 65535 were brought to 0 to 1");
        assertThat(pixels(openNpy(HostArray.of(new long[] {0, 16, 4}, 1, 1, 3))))
                .containsExactly(0, 1, .25f);
        assertThat(pixels(openNpy(HostArray.of(new long[] {0, 1}, 1, 1, 2)))).containsExactly(0, 1);
    }

    @Test
    void bytesThatAreZeroOrOneAreBlackAndWhite() throws IOException {
        DataSource source = openNpy(HostArray.of(new byte[] {0, 1}, 1, 1, 2));

        assertThat(source.train().field("image").toHost().toLongs()).containsExactly(0, 255);
        assertThat(source.notes()).containsExactly("bytes that are all 0 or 1 were taken for black and white");
    }

    @Test
    void pixelsThatAreNoNumbersAreLocated() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new float[] {0, Float.NaN}, 2, 1, 1)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("array.npy") + " has the value NaN at [1, 0, 0], and pixels are finite"
                        + " numbers. Remove that image, or replace such values: np.nan_to_num(array).");
    }

    @Test
    void missingValuesInRowsAreLocated() {
        for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> openNpy(HostArray.of(new float[] {0, 1, wrong, 3}, 2, 2)))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageContaining(
                            "has the value " + wrong + " in row 1, column 0, both counted from 0. Keep the"
                                    + " rows of finite numbers: array[np.isfinite(array).all(axis=1)].");
        }
    }

    @Test
    void rowsThatMayBeImagesAreTold() throws IOException {
        assertThat(openNpy(HostArray.of(new float[784], 1, 784)).notes())
                .containsExactly("rows of 784 numbers were taken for rows of a table; if they are images, give"
                        + " array.reshape(-1, 28, 28)");
    }

    @Test
    void fourChannelsOfBytesAreLaidOnWhite() throws IOException {
        byte[] pixels = {
            100, 0, (byte) 200, (byte) 255, 100, 0, (byte) 200, 0, 100, 0, (byte) 200, 51, 9, 9, 9, -1, 7, 7, 7, 0
        };
        DataSource last = openNpy(HostArray.of(pixels, 1, 5, 1, 4));

        assertThat(last.spec().field("image")).isEqualTo(new Field.Image(3, 5, 1));
        assertThat(last.train().field("image").toHost().toLongs())
                .containsExactly(100, 255, 224, 9, 255, 0, 255, 204, 9, 255, 200, 255, 244, 9, 255);
        assertThat(last.notes())
                .containsExactly("four channels of bytes were taken for red, green, blue and transparency, and laid on"
                        + " white");

        byte[] planes = {100, 100, 0, 0, (byte) 200, (byte) 200, (byte) 255, 0};
        assertThat(openNpy(HostArray.of(planes, 1, 4, 1, 2))
                        .train()
                        .field("image")
                        .toHost()
                        .toLongs())
                .containsExactly(100, 255, 0, 255, 200, 255);
    }

    @Test
    void twoChannelsAndFourOfOtherNumbersAreKept() throws IOException {
        DataSource two = openNpy(HostArray.of(new byte[] {10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 1, 5, 1, 2));
        assertThat(two.spec().field("image")).isEqualTo(new Field.Image(2, 5, 1));
        assertThat(two.train().field("image").toHost().toLongs())
                .containsExactly(10, 30, 50, 70, 90, 20, 40, 60, 80, 100);
        assertThat(two.notes()).containsExactly("images have 2 channels; figures show the first");

        DataSource four = openNpy(HostArray.of(new float[] {0, .1f, .2f, 1, 0, .1f, .2f, 1}, 1, 4, 1, 2));
        assertThat(four.spec().field("image")).isEqualTo(new Field.Image(4, 1, 2));
        assertThat(four.notes()).containsExactly("images have 4 channels; figures show the first three");
    }

    @Test
    void shapeThatNoImageHasIsTold() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new byte[30], 1, 5, 1, 6)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has the shape [1, 5, 1, 6]. Give an array of images [N, H, W], [N, C, H, W] or"
                        + " [N, H, W, C] with 1 to 4 channels, or of rows [N, D].");
        assertThatThrownBy(() -> openNpy(HostArray.of(new byte[16], 16))).hasMessageContaining("has the shape [16]");
    }

    @Test
    void archiveHasImagesAndLabels() throws IOException {
        DataSource source = openNpz(Map.of("images", images(3), "labels", HostArray.of(new byte[] {2, 0, 1}, 3)));

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("0", "1", "2")));
        assertThat(source.train().field("label")).hasToString("INT64 [3]");
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(2, 0, 1);
    }

    @Test
    void archiveAsKerasHasItHasATestSet() throws IOException {
        DataSource source = openNpz(Map.of(
                "x_train", images(2),
                "y_train", HostArray.of(new long[] {0, 1}, 2, 1),
                "x_test", images(1),
                "y_test", HostArray.of(new long[] {4}, 1)));

        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(2);
        assertThat(source.spec().field("label"))
                .as("the values that occur, of both splits")
                .isEqualTo(new Field.Category(List.of("0", "1", "4")));
        assertThat(source.notes())
                .containsExactly("classes '0', '1' occur in train only", "class '4' occurs in test only");
    }

    @Test
    void archiveOfUnnamedArraysHasItsImagesFirst() throws IOException {
        assertThat(openNpz(Map.of("arr_0", images(2))).train().size()).isEqualTo(2);
    }

    @Test
    void archiveWithoutImagesIsToldByWhatItHolds() {
        assertThatThrownBy(() -> openNpz(Map.of("pictures", images(2))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("array.npz") + " has no images: it holds [pictures]."
                        + " Call them x_train, images, data or arr_0; labels y_train or labels.");
    }

    @Test
    void labelsFitTheImages() {
        assertThatThrownBy(() -> openNpz(Map.of("x", images(3), "y", HostArray.of(new long[2], 2))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("array.npz") + " holds arrays that do not fit together: all fields have the"
                        + " same number of observations; got {image=3, label=2}."
                        + " Give images and labels of one data set.");
    }

    @Test
    void arraysThatAreNotReadAreTold() throws IOException {
        assertThat(openNpz(Map.of("x", images(1), "mean", images(1))).notes())
                .containsExactly("arrays passed over: mean");
    }

    private DataSource labelled(HostArray labels) throws IOException {
        return openNpz(Map.of("x", images((int) labels.shape().size(0)), "y", labels));
    }

    private static void assertClasses(DataSource source, List<String> classes, long... labels) {
        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(classes));
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(labels);
    }

    @Test
    void classesAreTheWholeNumbersThatOccur() throws IOException {
        List<String> classes = List.of("-1", "7", "10");
        assertClasses(labelled(HostArray.of(new long[] {7, 10, -1, 7}, 4)), classes, 1, 2, 0, 1);
        assertClasses(labelled(HostArray.of(new long[] {7, 10, -1, 7}, 4, 1)), classes, 1, 2, 0, 1);
        assertClasses(labelled(HostArray.of(new double[] {7, 10, -1, 7}, 4)), classes, 1, 2, 0, 1);
        assertClasses(labelled(HostArray.of(new float[] {7, 10, -1, 7}, 4, 1)), classes, 1, 2, 0, 1);
        assertClasses(labelled(HostArray.of(new byte[] {1, 2, 10}, 3)), List.of("1", "2", "10"), 0, 1, 2);
        HostArray bits = new HostArray(DType.BOOL, Shape.of(3), ByteBuffer.wrap(new byte[] {0, 1, 0}));
        assertClasses(labelled(bits), List.of("0", "1"), 0, 1, 0);
    }

    @Test
    void oneHotRowsAreClasses() throws IOException {
        assertClasses(
                labelled(HostArray.of(new float[] {0, 0, 1, 1, 0, 0, 0, 0, 1}, 3, 3)), List.of("0", "2"), 1, 0, 1);
    }

    @Test
    void namesAreClassesInTheOrderOfTextOrOfNumbers() throws IOException {
        DataSource named = new LabelledArrays("animals", part(3, "dog", "cat", "dog"), Optional.empty())
                .source("animals", PixelRange.AUTO);
        assertClasses(named, List.of("cat", "dog"), 1, 0, 1);

        DataSource numbered = new LabelledArrays("digits", part(3, "10", "9", "-1"), Optional.empty())
                .source("digits", PixelRange.AUTO);
        assertClasses(numbered, List.of("-1", "9", "10"), 2, 1, 0);
    }

    private static LabelledArrays.Part part(int count, String... labels) {
        return new LabelledArrays.Part(
                List.of(new NamedRows("x", images(count))),
                List.of(new LabelArray("y", new StoredArray.Texts(Shape.of(labels.length), List.of(labels)))));
    }

    @Test
    void manyClassesOfOneSplitAreCounted() throws IOException {
        String[] names = new String[12];
        for (int i = 0; i < names.length; i++) {
            names[i] = "n" + (char) ('a' + i);
        }
        DataSource source =
                new LabelledArrays("many", part(12, names), Optional.of(part(1, "na"))).source("many", PixelRange.AUTO);

        assertThat(source.notes())
                .containsExactly(
                        "classes 'nb', 'nc', 'nd', 'ne', 'nf', 'ng', 'nh', 'ni', 'nj', 'nk' and 1 more occur in"
                                + " train only");
    }

    @Test
    void continuousOrSeveralLabelsAreAttributes() throws IOException {
        DataSource one = labelled(HostArray.of(new double[] {.5, 2}, 2));
        assertThat(one.spec().fields().keySet()).containsExactly("image", "attributes");
        assertThat(one.spec().field("attributes")).isEqualTo(new Field.Table(1));
        assertThat(one.train().field("attributes").toHost().toFloats()).containsExactly(.5f, 2);
        assertThat(one.notes())
                .containsExactly("labels are a number for each observation, and no classes; they became the field"
                        + " 'attributes'");

        DataSource several = labelled(HostArray.of(new long[] {1, 1, 0, 1}, 2, 2));
        assertThat(several.spec().field("attributes")).isEqualTo(new Field.Table(2));
        assertThat(several.train().field("attributes").toHost().toFloats()).containsExactly(1, 1, 0, 1);
    }

    @Test
    void whatLabelsAreIsDecidedOfAllSplitsTogether() throws IOException {
        DataSource source = openNpz(Map.of(
                "x_train", images(2),
                "y_train", HostArray.of(new float[] {0, 1}, 2),
                "x_test", images(1),
                "y_test", HostArray.of(new float[] {.5f}, 1)));

        assertThat(source.spec().field("attributes")).isEqualTo(new Field.Table(1));
        assertThat(source.test().orElseThrow().field("attributes").toHost().toFloats())
                .containsExactly(.5f);
    }

    @Test
    void labelsThatAreNeitherAreRefused() {
        assertThatThrownBy(() -> labelled(HostArray.of(new float[] {1, Float.NaN}, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("(y) has the value NaN in row 1, column 0, both counted from 0");
        assertThatThrownBy(() -> labelled(HostArray.of(new float[8], 2, 2, 2)))
                .hasMessageContaining("(y) is FLOAT32 [2, 2, 2], and labels are [N] or [N, D]");
    }

    @Test
    void singleIdxFileHoldsImages() throws IOException {
        for (String name : List.of("digits.idx", "digits.idx3", "t10k-images-idx3-ubyte", "digits.idx3-ubyte")) {
            Idx.write(folder.resolve(name), images(2));
            assertThat(open(folder.resolve(name)).train().field("image")).hasToString("UINT8 [2, 1, 2, 2]");
        }
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        Path table = Files.writeString(folder.resolve("table.xlsx"), "");

        assertThatThrownBy(() -> open(table))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(table + " is of no known format. Give a folder of images, or a file whose name"
                        + " ends in .npy, .npz, .csv, .tsv, .txt, .idx or -ubyte");
    }

    private static HostArray images(int count) {
        return HostArray.of(new byte[count * 4], count, 2, 2);
    }

    private DataSource openNpy(HostArray array) throws IOException {
        Path file = folder.resolve("array.npy");
        Npy.write(file, array);
        return open(file);
    }

    private DataSource openNpz(Map<String, HostArray> arrays) throws IOException {
        Path file = folder.resolve("array.npz");
        Npy.writeAll(file, arrays);
        return open(file);
    }

    private DataSource open(Path file) throws IOException {
        DataCache unused = DataCache.of(Map.of(), event -> {});
        return DataCatalog.standard().open(file.toString(), unused, Reading.standard());
    }

    @Test
    void archivesMayCallTheirArraysAsOthersDo() throws IOException {
        DataSource med = openNpz(Map.of(
                "train_images", images(2),
                "train_labels", HostArray.of(new long[] {0, 1}, 2, 1),
                "val_images", images(1),
                "val_labels", HostArray.of(new long[] {0}, 1, 1)));
        assertThat(med.train().fields()).containsOnlyKeys("image", "label");
        assertThat(med.validation()).isPresent();
        assertThat(openNpz(Map.of("X_train", images(2), "X_test", images(1))).test())
                .isPresent();
    }

    @Test
    void wholeNumbersBeyondALongsAreNotTakenForNegativeOnes() throws IOException {
        Path file = folder.resolve("array.npy");
        ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(0).putLong(-1); // 2⁶⁴ − 1
        byte[] header = ("\u0093NUMPY\1\0v\0"
                        + String.format("%-117s\n", "{'descr': '<u8', 'fortran_order': False, 'shape': (1, 1, 2), }"))
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(
                file,
                ByteBuffer.allocate(header.length + 16)
                        .put(header)
                        .put(numbers.flip())
                        .array());

        assertThat(pixels(open(file, PixelRange.AUTO))).containsExactly(0, 1);
    }

    private static DataSource open(Path file, PixelRange range) throws IOException {
        return new ArrayFile().read(file, Reading.standard().pixelRange(range), DataCache.of(Map.of(), event -> {}));
    }

    private DataSource openKnown(PixelRange range, double... values) throws IOException {
        Path file = folder.resolve("others.npy");
        Npy.write(file, floats(values));
        return open(file, range);
    }

    @Test
    void otherDataAreBroughtToTheRangeThatAModelKnows() throws IOException {
        PixelRange range =
                openNpy(HostArray.of(new long[] {0, 60000, 13107}, 1, 1, 3)).pixelRange();
        assertThat(range).isEqualTo(new PixelRange(0, 65535));

        assertThat(pixels(openKnown(range, 13107, 0))).containsExactly(.2f, 0);
        assertThat(openKnown(range, 13107, 0).notes()).containsExactly("values from 0 to 65535 were brought to 0 to 1");
        assertThat(openKnown(range, 13107, 0).pixelRange()).isEqualTo(range);
    }

    @Test
    void otherDataThatAreIn0To1AlreadyStaySo() throws IOException {
        assertThat(pixels(openKnown(new PixelRange(0, 255), .5, 1))).containsExactly(.5f, 1);
        assertThat(openKnown(new PixelRange(0, 255), .5, 1).notes())
                .containsExactly("values are within 0 to 1 where values from 0 to 255 were expected; they were taken as"
                        + " they are");
    }

    @Test
    void aFewValuesBeyondTheRangeAreCutOffAndMoreAreRefused() throws IOException {
        double[] values = new double[100];
        values[7] = -3;
        DataSource source = openKnown(new PixelRange(-2, 2), values);
        assertThat(pixels(source)).containsOnly(0, .5f);
        assertThat(source.notes())
                .containsExactly(
                        "values from -2 to 2 were brought to 0 to 1",
                        "values beyond that, taken for black or white: 1");

        values[8] = 9;
        assertThatThrownBy(() -> openKnown(new PixelRange(-2, 2), values))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        folder.resolve("others.npy") + " has values from -3 to 9, and 2 % of them are beyond the range"
                                + " of pixels, from -2 to 2. Bring them to that range; of a new run, --set pixelRange=auto finds"
                                + " their own.");
    }

    @Test
    void rangesAreWrittenAsTheyAreRead() {
        for (String text : List.of("auto", "0:65535", "-3.5:1.0E-4", "-1:1")) {
            assertThat(PixelRange.parse(text)).hasToString(text);
        }
        assertThatThrownBy(() -> PixelRange.parse("5")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelRange.parse("5:1"))
                .hasMessage("white is a greater number than black; got black 5 and white 1");
    }
}
