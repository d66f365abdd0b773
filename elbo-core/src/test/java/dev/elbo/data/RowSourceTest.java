package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows from files, of shards and of selections are those of the array that is all of them. */
class RowSourceTest {
    @TempDir
    static Path folder;

    /** UINT8 [7, 1, 2, 3]: 0 to 41. */
    private static HostArray images() {
        byte[] levels = new byte[42];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) i;
        }
        return HostArray.of(levels, 7, 1, 2, 3);
    }

    private static RowSource file(HostArray array) throws IOException {
        Path file = Files.createTempFile(folder, "images", ".npy");
        Npy.write(file, array);
        return observed(file, 0);
    }

    /** As a model observes them, read from where they lie. */
    private static RowSource observed(Path file, long held) throws IOException {
        NamedRows rows = ArrayFile.rows(file, held);
        return Observations.of(List.of(rows), PixelRange.AUTO).observed(rows);
    }

    static Stream<RowSource> sources() throws IOException {
        HostArray all = images();
        Path idx = Files.createTempFile(folder, "images", ".idx");
        Idx.write(idx, all.reshape(7, 2, 3));
        return Stream.of(
                all,
                file(all),
                file(all.reshape(7, 2, 3)),
                observed(idx, 0),
                new JoinedRows(
                        List.of(file(all.rows(0, 3)), file(all.rows(3, 3)), all.rows(3, 4), file(all.rows(4, 7)))),
                new PickedRows(
                        file(HostArray.concat(List.of(all.rows(4, 7), all.rows(0, 4)))),
                        new long[] {3, 4, 5, 6, 0, 1, 2}));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void areThoseOfTheWhole(RowSource source) {
        HostArray all = images();

        assertThat(source.dtype()).isEqualTo(DType.UINT8);
        assertThat(source.shape()).isEqualTo(all.shape());
        assertThat(source.byteCount()).isEqualTo(42);
        assertThat(source).hasToString("UINT8 [7, 1, 2, 3]");
        assertThat(source.toHost()).isEqualTo(all);
        for (int from = 0; from <= 7; from++) {
            for (int to = from; to <= 7; to++) {
                assertThat(source.rows(from, to)).isEqualTo(all.rows(from, to));
            }
        }
        assertThat(source.select(new long[] {6, 0, 3, 3})).isEqualTo(all.select(new long[] {6, 0, 3, 3}));
        assertThat(source.select(new long[0]).shape()).isEqualTo(Shape.of(0, 1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void refuseRowsThatAreNotThere(RowSource source) {
        assertThatIllegalArgumentException().isThrownBy(() -> source.rows(5, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> source.rows(-1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> source.rows(3, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> source.select(new long[] {7}));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> source.select(new long[] {-1}));
    }

    @Test
    void channelsThatLieLastComeFirst() throws IOException {
        HostArray last =
                HostArray.of(new float[] {0f, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1f, .05f}, 2, 2, 1, 3);

        RowSource source = file(last);

        assertThat(source).hasToString("FLOAT32 [2, 3, 2, 1]");
        assertThat(source.select(new long[] {1, 0}).toFloats())
                .containsExactly(.6f, .9f, .7f, 1f, .8f, .05f, 0f, .3f, .1f, .4f, .2f, .5f);
    }

    @Test
    void bigEndianNumbersAreReversed() throws IOException {
        Path file = folder.resolve("rows.idx");
        Idx.write(file, HostArray.of(new double[] {1, -2, 3e5, .5}, 2, 2));

        assertThat(observed(file, 0).select(new long[] {1, 0}).toFloats()).containsExactly(3e5f, .5f, 1f, -2f);
    }

    @Test
    void wrongNumbersOfRowsAreFoundWhenTheyAreRead() throws IOException {
        RowSource source = file(HostArray.of(new float[] {0f, 1f, .5f, Float.NaN}, 2, 2));

        assertThat(source.rows(0, 1).toFloats()).containsExactly(0f, 1f);
        assertThatThrownBy(() -> source.select(new long[] {0, 1}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(".npy has the value NaN in row 1, column 1, both counted from 0");
        assertThatThrownBy(() -> source.rows(1, 2)).hasMessageContaining("in row 1, column 1");
    }

    @Test
    void pixelsOnDiskAreBroughtToOneRange() throws IOException {
        RowSource source = file(HostArray.of(new float[] {-1, 1, 0, .5f}, 2, 1, 2));

        assertThat(source.isOnDisk()).isTrue();
        assertThat(source).hasToString("FLOAT32 [2, 1, 1, 2]");
        assertThat(source.select(new long[] {1, 0}).toFloats()).containsExactly(.5f, .75f, 0, 1);
        assertThatThrownBy(() -> file(HostArray.of(new float[] {0, 1, 0, Float.NaN}, 2, 1, 2)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(".npy has the value NaN at [1, 0, 1], and pixels are finite numbers");
    }

    @Test
    void aThreadThatIsInterruptedSpoilsNothingForOthers() throws Exception {
        RowSource source = file(images());
        List<Throwable> failures = new ArrayList<>();
        Thread interrupted = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                source.toHost();
            } catch (UncheckedIOException e) {
                failures.add(e);
            }
        });
        interrupted.start();
        interrupted.join();

        assertThat(failures)
                .singleElement()
                .asString()
                .contains(".npy could not be read on: the thread was interrupted");
        assertThat(source.toHost()).isEqualTo(images());
    }

    @Test
    void moreThanAnArrayCanHoldIsSaid() throws IOException {
        Path file = folder.resolve("huge.npy");
        Npy.write(file, HostArray.of(new byte[0], 0, 1024, 1024));
        String header = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                header.replace("(0, 1024, 1024,), }     ", "(3000, 1024, 1024,), }  "),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), header.length() + (3000L << 20) - 1); // a hole
        }
        RowSource source = observed(file, 0);

        assertThat(source.shape()).isEqualTo(Shape.of(3000, 1, 1024, 1024));
        assertThat(source.rows(2999, 3000).toLongs()).hasSize(1 << 20).containsOnly(0);
        assertThatIllegalArgumentException()
                .isThrownBy(source::toHost)
                .withMessage("3,000 examples of huge.npy at once take 3,145,728,000 bytes, and 2 GiB are possible; take"
                        + " fewer, in smaller batches");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        Path file = folder.resolve("cut.npy");
        Npy.write(file, images());
        byte[] bytes = Files.readAllBytes(file);
        RowSource open = observed(file, 0);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> observed(file, 0))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("cut.npy is truncated");
        assertThatThrownBy(open::toHost)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cut.npy has become shorter while it was used");
    }

    @Test
    void columnsFirstAndOtherShapesAreReadWhole() throws IOException {
        Path file = folder.resolve("fortran.npy");
        String header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1, 2), }\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        bytes.put(header.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).put(new byte[] {1, 2, 3, 4});
        Files.write(file, bytes.array());

        assertThat(observed(file, 0).toHost().toLongs()).containsExactly(1, 3, 2, 4);

        Path line = folder.resolve("line.npy");
        Npy.write(line, HostArray.of(new byte[] {1, 2}, 2));
        assertThatThrownBy(() -> observed(line, 0)).hasMessageContaining("has the shape [2]");
    }

    @Test
    void shardsOfOneKindOnlyAreJoined() {
        HostArray all = images();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinedRows(List.of(all, all.reshape(7, 1, 3, 2))))
                .withMessage("part 2 is UINT8 [7, 1, 3, 2], and the first is UINT8 [7, 1, 2, 3]");
    }
}
