package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    @Test
    void floatsBeyondTheUnitIntervalAreLocated() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new float[] {0, 1, 0, 255}, 2, 1, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(folder.resolve("array.npy")
                        + " has the value 255.0 at [1, 0, 1], and floats are expected from 0 to 1."
                        + " Divide by the largest possible value, or store bytes: array.astype('uint8').");
        assertThatThrownBy(() -> openNpy(HostArray.of(new float[] {Float.NaN}, 1, 1, 1)))
                .hasMessageContaining("has the value NaN at [0, 0, 0]");
    }

    @Test
    void missingValuesInRowsAreLocated() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new float[] {0, 1, Float.NaN, 3}, 2, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has the value NaN at [1, 0]. Remove rows with missing values.");
    }

    @Test
    void wholeNumbersAreNoPixels() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new long[4], 1, 2, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has pixels of type INT64, and images are UINT8, 0 to 255, or floats, 0 to 1."
                        + " Convert them: array.astype('uint8').");
    }

    @Test
    void shapeThatNoImageHasIsTold() {
        assertThatThrownBy(() -> openNpy(HostArray.of(new byte[16], 1, 2, 4, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has the shape [1, 2, 4, 2]. Give an array of images [N, H, W], [N, C, H, W] or"
                        + " [N, H, W, C] with 1 or 3 channels, or of rows [N, D].");
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
                .containsExactly(4);
        assertThat(source.spec().field("label"))
                .as("classes of both splits")
                .isEqualTo(new Field.Category(List.of("0", "1", "2", "3", "4")));
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
                        + " Call them one of [x_train, x, images, data, arr_0].");
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
    void labelsAreNumbersOfClasses() {
        assertThatThrownBy(() -> openNpz(Map.of("x", images(2), "y", HostArray.of(new long[] {0, -1}, 2))))
                .hasMessage(folder.resolve("array.npz")
                        + " (y) has the label -1 at [1]. Number the classes 0, 1, 2 and so on.");
        assertThatThrownBy(() -> openNpz(Map.of("x", images(2), "y", HostArray.of(new float[2], 2))))
                .hasMessageContaining("(y) is FLOAT32 [2], and labels are whole numbers [N].");
        assertThatThrownBy(() -> openNpz(Map.of("x", images(2), "y", HostArray.of(new long[4], 2, 2))))
                .hasMessageContaining("(y) is INT64 [2, 2], and labels are whole numbers [N].");
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
                        + " ends in .npy, .npz, .txt, .idx or -ubyte");
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
}
