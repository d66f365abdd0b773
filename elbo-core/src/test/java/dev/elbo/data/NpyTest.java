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
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "<f2, FLOAT16, 003e00c0, 1.5, -2",
        ">f2, FLOAT16, 3e00c000, 1.5, -2",
        "<f4, FLOAT32, 0000c03f000000c0, 1.5, -2",
        ">f4, FLOAT32, 3fc00000c0000000, 1.5, -2",
        "<f8, FLOAT64, 000000000000f83f00000000000000c0, 1.5, -2",
        ">f8, FLOAT64, 3ff8000000000000c000000000000000, 1.5, -2",
        "|i1, INT8,    01ff, 1, -1",
        "<i2, INT16,   0201feff, 258, -2",
        ">i2, INT16,   0102fffe, 258, -2",
        "<i4, INT32,   02010000feffffff, 258, -2",
        ">i4, INT32,   00000102fffffffe, 258, -2",
        "<i8, INT64,   0201000000000000feffffffffffffff, 258, -2",
        ">i8, INT64,   0000000000000102fffffffffffffffe, 258, -2",
        "|u1, UINT8,   01ff, 1, 255",
        "<u2, INT32,   0201feff, 258, 65534",
        ">u2, INT32,   0102fffe, 258, 65534",
        "<u4, INT64,   02010000feffffff, 258, 4294967294",
        ">u4, INT64,   00000102fffffffe, 258, 4294967294",
        "<u8, FLOAT64, 02010000000000000300000000000000, 258, 3",
        "|b1, BOOL,    0100, 1, 0"
    })
    void readsEveryTypeThatElboHas(String type, DType dtype, String elements, double first, double second)
            throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }\n";
        HostArray array = Npy.read(file("golden.npy", npy(1, header, elements)));
        assertThat(array.dtype()).isEqualTo(dtype);
        assertThat(array.toDoubles()).containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersion(int version) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }   \n";
        HostArray array = Npy.read(file("version.npy", npy(version, header, "0102")));
        assertThat(array).isEqualTo(HostArray.of(new byte[] {1, 2}, 2, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'shape':(2,1),'fortran_order':False,'descr':'|u1'}",
                "{ 'descr' : '|u1' , 'shape' : ( 2 , 1 ) , 'fortran_order' : False , }",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }"
            })
    void readsWhatOtherProgramsWrite(String header) throws IOException {
        HostArray array = Npy.read(file("other.npy", npy(1, header, "0102")));
        assertThat(array).isEqualTo(HostArray.of(new byte[] {1, 2}, 2, 1));
    }

    @Test
    void transposesColumnMajorArrays() throws IOException {
        String header = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }";
        Path file = file("columns.npy", npy(1, header, "0001 0004 0002 0005 0003 0006"));
        assertThat(Npy.read(file).toLongs()).containsExactly(1, 2, 3, 4, 5, 6);

        String cube = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2), }";
        Path cubeFile = file("cube.npy", npy(1, cube, "00 04 02 06 01 05 03 07"));
        assertThat(Npy.read(cubeFile).toLongs()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void writesWhatNumpyWrites() throws IOException {
        Path file = directory.resolve("written.npy");
        Npy.write(file, HostArray.of(new float[] {1.5f, -2}, 2, 1));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1,), }";
        assertThat(file)
                .hasBinaryContent(npy(1, header + " ".repeat(118 - header.length() - 1) + "\n", "0000c03f 000000c0"));
    }

    @Test
    void theElementsBeginAtAMultipleOf64Bytes() throws IOException {
        for (int rank = 0; rank < 20; rank++) {
            long[] sizes = new long[rank];
            Arrays.fill(sizes, 1);
            Path file = directory.resolve("aligned.npy");
            Npy.write(file, HostArray.of(new byte[1], sizes));
            assertThat(Files.size(file) % 64).isEqualTo(1);
        }
    }

    @Test
    void anArrayCanBeWrittenOverTheFileThatItWasReadFrom() throws IOException {
        Path file = directory.resolve("same.npy");
        HostArray array = HostArray.of(new float[] {1, 2, 3}, 3);
        Npy.write(file, array);
        Npy.write(file, Npy.read(file));
        assertThat(Npy.read(file)).isEqualTo(array);
    }

    @Test
    void neverReadsPythonObjects() throws IOException {
        Path file = file("pickled.npy", npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "80"));
        assertRefused(
                file,
                file + " holds Python objects, and to read those is to run code from the file. "
                        + "Save numbers: np.save(file, array.astype('f4')), or names: np.save(file, array.astype('U')).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'<u3'", "'<c8'", "'<c16'", "'|V2'"})
    void refusesTypesThatElboHasNot(String type) throws IOException {
        Path file =
                file("type.npy", npy(1, "{'descr': " + type + ", 'fortran_order': False, 'shape': (1,), }", "0000"));
        assertRefused(
                file,
                file + " holds elements of type " + type
                        + ", and Elbo reads f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1, U and S. "
                        + "Convert them: np.save(file, array.astype('f4')).");
    }

    @Test
    void advisesToSaveFieldsOfAStructureOneByOne() throws IOException {
        String type = "[('x', '<f4'), ('y', '|O')]";
        assertRefused(
                file("type.npy", npy(1, "{'descr': " + type + ", 'fortran_order': False, 'shape': (1,), }", "0000")),
                "Save each of its fields as an array, as in np.savez(file, x=array['x'])");
    }

    @ParameterizedTest
    @CsvSource({
        "<U2, 63000000000000006100000074000000",
        ">U2, 00000063000000000000006100000074",
        "|S2, 63006174",
        "|S3, 630000617400"
    })
    void readsTextsOfOneLength(String type, String elements) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }\n";
        assertThat(Npy.stored(file("names.npy", npy(1, header, elements))))
                .isEqualTo(new StoredArray.Texts(dev.elbo.tensor.Shape.of(2), List.of("c", "at")));
        assertRefused(
                file("names.npy", npy(1, header, elements)),
                "holds texts [2], and numbers are expected. Give an array of numbers.");
    }

    @Test
    void readsTextsBeyondLatin() throws IOException {
        String wide = "{'descr': '<U1', 'fortran_order': False, 'shape': (2,), }\n";
        assertThat(Npy.stored(file("names.npy", npy(1, wide, "eb6c00000df60100"))))
                .isEqualTo(new StoredArray.Texts(dev.elbo.tensor.Shape.of(2), List.of("\u6ceb", "\ud83d\ude0d")));
        String bytes = "{'descr': '|S3', 'fortran_order': False, 'shape': (1,), }\n";
        assertThat(Npy.stored(file("names.npy", npy(1, bytes, "e6b3ab"))))
                .isEqualTo(new StoredArray.Texts(dev.elbo.tensor.Shape.of(1), List.of("\u6ceb")));
        String empty = "{'descr': '<U0', 'fortran_order': False, 'shape': (2,), }\n";
        assertThat(Npy.stored(file("names.npy", npy(1, empty, ""))))
                .isEqualTo(new StoredArray.Texts(dev.elbo.tensor.Shape.of(2), List.of("", "")));
    }

    @Test
    void saysWhatIsWrongWithOtherFiles() throws IOException {
        assertRefused(
                file("page.html", "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8)),
                "page.html is not an .npy file: it does not begin with 93 'NUMPY' and a version. Save it with np.save.");
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (60000, 28, 28), }";
        assertRefused(
                file("short.npy", npy(1, header, "00000000")),
                "short.npy is truncated: its header promises "
                        + "60000×28×28×4 bytes = 188,160,000, the file holds 4. Replace it with a complete copy.");
        assertRefused(
                file("long.npy", npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "0102")),
                "long.npy is damaged: it holds more than the");
        assertRefused(file("future.npy", npy(4, header, "")), "has version 4 of the format, and Elbo reads 1 to 3");
        assertRefused(
                file("cut.npy", Arrays.copyOf(npy(1, header, ""), 50)),
                "cut.npy is truncated: it ends within its header");
        assertRefused(
                file("list.npy", npy(1, "['descr']", "")),
                "list.npy has a header that NumPy would not write: ['descr']. Save it with np.save.");
    }

    @Test
    void refusesHeadersWithoutEachKeyOnce() throws IOException {
        assertRefused(
                file("twice.npy", npy(1, "{'descr': '|u1', 'descr': '|u1', 'shape': (1,), }", "00")),
                "has a header that NumPy would not write");
        assertRefused(
                file("four.npy", npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': 1}", "00")),
                "has a header that NumPy would not write");
    }

    @Test
    @Timeout(20) // backtracking over the blanks would take hours
    void refusesAbsurdHeadersWithoutTakingMemoryOrTime() throws IOException {
        assertRefused(
                file("large.npy", shaped("(1099511627776,)")),
                "is truncated: its header promises 1099511627776×8 bytes = 8,796,093,022,208, the file holds 0");
        assertRefused(
                file("overflow.npy", shaped("(4611686018427387904, 2)")),
                "is damaged: its header promises an array of 4611686018427387904×2 values");
        assertRefused(
                file("huge.npy", shaped("(99999999999999999999,)")),
                "is damaged: its header promises an array of shape (99999999999999999999,)");
        assertRefused(
                file("length.npy", hex("934e554d50590200 ffffffff")),
                "is damaged: it promises a header of 4294967295 bytes, and NumPy's are below 10000");
        String blanks = " ".repeat(3_000);
        String slow = "{" + blanks + "'descr':'|u1'" + blanks + "'shape':(1,)" + blanks + "?";
        assertRefused(file("slow.npy", npy(1, slow, "")), "has a header that NumPy would not write");
    }

    @Test
    void refusesToWriteWhatNumpyHasNot() {
        Path file = directory.resolve("never.npy");
        HostArray array = new HostArray(DType.BFLOAT16, Shape.of(1), ByteBuffer.allocate(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npy.write(file, array))
                .withMessage("NumPy has no BFLOAT16; convert it first");
        assertThat(file).doesNotExist();
    }

    @Test
    void readsStoredAndCompressedArchives() throws IOException {
        byte[] array = npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", "0102");
        for (int method : List.of(ZipEntry.STORED, ZipEntry.DEFLATED)) {
            Path npz = file("method.npz", npz(method, Map.of("a.npy", array)));
            assertThat(Npy.readAll(npz)).isEqualTo(Map.of("a", HostArray.of(new byte[] {1, 2}, 2)));
        }
    }

    @Test
    void saysWhatIsWrongWithArchives() throws IOException {
        Path page = file("page.npz", "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8));
        assertArchiveRefused(page, page + " is not an .npz file, or a damaged one (");
        byte[] pickled = npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "80");
        Path objects = file("objects.npz", npz(ZipEntry.DEFLATED, Map.of("meta.npy", pickled)));
        assertArchiveRefused(objects, objects + " (meta.npy) holds Python objects");
        Path text = file("text.npz", npz(ZipEntry.DEFLATED, Map.of("readme.txt", new byte[9])));
        assertArchiveRefused(text, text + " (readme.txt) is not an .npy file");
    }

    @Test
    void noticesAWrongChecksumInAnArchive() throws IOException {
        byte[] array = npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", "0102");
        byte[] archive = npz(ZipEntry.STORED, Map.of("a.npy", array));
        int lastElement = 30 + "a.npy".length() + array.length - 1; // behind the local header
        archive[lastElement]++;
        assertArchiveRefused(file("flipped.npz", archive), "a damaged one (wrong checksum of a.npy)");
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        FileFuzz fuzz = new FileFuzz(directory, file -> Npy.read(file).toDoubles());
        for (String order : List.of("'<i2', 'fortran_order': False", "'>i2', 'fortran_order': True")) {
            byte[] valid = npy(2, "{'descr': " + order + ", 'shape': (2, 1), }", "00010002");
            fuzz.truncate(valid);
            fuzz.flip(valid, 500);
        }
    }

    @Test
    void damagedArchivesAreReadOrRefused() throws IOException {
        byte[] array = npy(1, "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }", "00010002");
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("a.npy", array);
        arrays.put("é.npy", array);
        FileFuzz fuzz =
                new FileFuzz(directory, file -> Npy.readAll(file).values().forEach(HostArray::toDoubles));
        for (int method : List.of(ZipEntry.STORED, ZipEntry.DEFLATED)) {
            byte[] valid = npz(method, arrays);
            fuzz.truncate(valid);
            fuzz.flip(valid, 500);
        }
    }

    @Test
    void randomHeadersAreReadOrRefused() throws IOException {
        List<String> words = List.of(
                "{",
                "}",
                "'descr'",
                ": ",
                "'<f8'",
                "'|O'",
                "[",
                "]",
                ", ",
                "'fortran_order'",
                "True",
                "False",
                "'shape'",
                "(",
                ")",
                "(-1,)",
                "(9,)",
                "0",
                "9223372036854775807",
                "L",
                " ",
                "\n",
                "é");
        Random random = new Random(1);
        FileFuzz fuzz = new FileFuzz(directory, file -> Npy.read(file).toDoubles());
        for (int time = 0; time < 500; time++) {
            StringBuilder header = new StringBuilder("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }");
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int start = random.nextInt(header.length());
                int end = Math.min(header.length(), start + random.nextInt(12));
                header.replace(start, end, words.get(random.nextInt(words.size())));
            }
            fuzz.readOrRefuse(npy(random.nextInt(1, 4), header.toString(), "00010002"));
        }
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> Npy.read(file))
                .withMessageContaining(message);
    }

    private static void assertArchiveRefused(Path npz, String message) {
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> Npy.readAll(npz))
                .withMessageContaining(message);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static byte[] shaped(String tuple) {
        return npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': " + tuple + ", }", "");
    }

    private static byte[] npy(int version, String header, String elements) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload = hex(elements);
        ByteBuffer bytes =
                ByteBuffer.allocate(12 + text.length + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(hex("934e554d5059")).put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(payload);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] npz(int method, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
