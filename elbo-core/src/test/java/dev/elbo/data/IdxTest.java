package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
    /** UINT8 [2, 3]: 1 to 6. */
    private static final byte[] BYTES = hex("00000802 00000002 00000003 010203040506");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "UINT8,   00000801 00000002 01ff,             1, 255",
        "INT8,    00000901 00000002 01ff,             1, -1",
        "INT16,   00000b01 00000002 0102fffe,         258, -2",
        "INT32,   00000c01 00000002 01020304fffffffe, 16909060, -2",
        "FLOAT32, 00000d01 00000002 3fc00000c0000000, 1.5, -2",
        "FLOAT64, 00000e01 00000002 3ff8000000000000c000000000000000, 1.5, -2"
    })
    void readsEveryTypeOfTheFormat(DType dtype, String content, double first, double second) throws IOException {
        HostArray array = Idx.read(file("golden", hex(content)));
        assertThat(array.dtype()).isEqualTo(dtype);
        assertThat(array.toDoubles()).containsExactly(first, second);
    }

    @Test
    void writesWhatTheFormatPrescribes() throws IOException {
        Path file = directory.resolve("written");
        Idx.write(file, HostArray.of(new byte[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertThat(file).hasBinaryContent(BYTES);
        Idx.write(file, HostArray.of(new float[] {1.5f}, 1));
        assertThat(file).hasBinaryContent(hex("00000d01 00000001 3fc00000"));
    }

    @Test
    void recognisesGzipByItsContentAndNotByItsName() throws IOException {
        assertThat(Idx.read(file("plain.gz", BYTES)).toLongs()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Idx.read(file("zipped", gzip(BYTES))).toLongs()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Idx.read(file("shorts", gzip(hex("00000b01 00000001 0102")))).toLongs())
                .containsExactly(258);
    }

    @Test
    void anArrayCanBeWrittenOverTheFileThatItWasReadFrom() throws IOException {
        Path file = file("same", BYTES);
        Idx.write(file, Idx.read(file));
        assertThat(file).hasBinaryContent(BYTES);
    }

    @Test
    void saysHowMuchIsMissing() throws IOException {
        byte[] truncated = Arrays.copyOf(hex("00000803 0000ea60 0000001c 0000001c"), 16 + 1024);
        Path file = file("train-images-idx3-ubyte", truncated);
        assertRefused(
                file,
                file + " is truncated: its header promises 60000×28×28 bytes = 47,040,000, "
                        + "the file holds 1,024. Replace it with a complete copy.");
        Path zipped = file("train-images-idx3-ubyte.gz", gzip(truncated));
        assertRefused(
                zipped,
                zipped + " is truncated: its header promises 60000×28×28 bytes = 47,040,000, "
                        + "the file holds 1,024. Replace it with a complete copy.");
    }

    @Test
    void saysWhatIsWrongWithOtherFiles() throws IOException {
        assertRefused(
                file("page.html", "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)),
                "page.html is not an IDX file: it begins with "
                        + "[3c 21 44 4f], not with 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions. "
                        + "Give an IDX file, raw or compressed by gzip.");
        assertRefused(file("empty", new byte[0]), "empty is not an IDX file: it begins with []");
        assertRefused(file("type", hex("00000a01 00000001 00")), "it begins with [00 00 0a 01]");
        assertRefused(
                file("long", hex("00000801 00000001 0102")),
                "long is damaged: it holds more than the 1 bytes = 1 of its header. Replace");
        assertRefused(file("header", hex("00000802 00000001 0000")), "header is truncated: it ends within its header");
    }

    @Test
    void saysThatAGzipStreamBreaksOff() throws IOException {
        byte[] zipped = gzip(BYTES);
        assertRefused(file("cut.gz", Arrays.copyOf(zipped, zipped.length - 1)), "cut.gz is truncated or damaged");
        zipped[zipped.length - 5] ^= 1;
        assertRefused(file("checksum.gz", zipped), "checksum.gz is truncated or damaged");
    }

    @Test
    void refusesAbsurdHeadersWithoutTakingMemory() throws IOException {
        byte[] overflow = hex("000008ff" + "ffffffff".repeat(255));
        assertRefused(file("overflow", overflow), "overflow is damaged: its header promises an array of 4294967295×");
        byte[] twoGiB = hex("00000801 7ffffff0");
        assertRefused(file("raw", twoGiB), "raw is truncated: its header promises 2147483632 bytes = 2,147,483,632");
        assertRefused(file("zip", gzip(twoGiB)), "zip is truncated: its header promises 2147483632 bytes");
        byte[] tooLarge = hex("00000e02 7fffffff 00000010");
        assertRefused(
                file("zip", gzip(tooLarge)),
                "zip is too large: 2147483647×16×8 bytes = 274,877,906,816, and one array can hold 2 GiB. "
                        + "Split it into several files.");
    }

    @Test
    void refusesToWriteWhatTheFormatHasNot() {
        Path file = directory.resolve("never");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Idx.write(file, HostArray.of(new long[] {1}, 1)))
                .withMessage("IDX has no INT64; convert it first");
        HostArray endless = new HostArray(DType.UINT8, Shape.of(0, 1L << 31), ByteBuffer.allocate(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Idx.write(file, endless))
                .withMessage("IDX has up to 255 dimensions of less than 2^31; got [0, 2147483648]");
        assertThat(file).doesNotExist();
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        byte[] floats = hex("00000d02 00000001 00000002 3fc00000c0000000");
        FileFuzz fuzz = new FileFuzz(directory, file -> Idx.read(file).toDoubles());
        for (byte[] valid : new byte[][] {BYTES, floats, gzip(BYTES), gzip(floats)}) {
            fuzz.truncate(valid);
            fuzz.flip(valid, 500);
        }
    }

    @Test
    void randomHeadersAreReadOrRefused() throws IOException {
        Random random = new Random(1);
        FileFuzz fuzz = new FileFuzz(directory, file -> Idx.read(file).toDoubles());
        for (int time = 0; time < 500; time++) {
            ByteBuffer content = ByteBuffer.allocate(random.nextInt(4, 64));
            content.putInt(random.nextInt(0x0800, 0x0f00));
            while (content.remaining() >= Integer.BYTES) {
                content.putInt(random.nextInt() >> random.nextInt(32));
            }
            fuzz.readOrRefuse(random.nextBoolean() ? content.array() : gzip(content.array()));
        }
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> Idx.read(file))
                .withMessageContaining(message);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
