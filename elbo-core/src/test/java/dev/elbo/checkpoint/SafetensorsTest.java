package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.data.FileFuzz;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    /** Two tensors, the first of which lies second, and metadata. */
    private static final String HEADER = """
            {"__metadata__":{"format":"pt"},\
            "b":{"dtype":"BF16","shape":[2,1],"data_offsets":[4,8]},\
            "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}\s\s""";

    private static final byte[] GOLDEN = safetensors(HEADER, "0000c03f c03f00c0");

    @TempDir
    Path directory;

    @Test
    void readsAFileWrittenByHand() throws IOException {
        Safetensors read = Safetensors.read(file("golden.safetensors", GOLDEN));
        HostArray halves = new HostArray(DType.BFLOAT16, Shape.of(2, 1), ByteBuffer.wrap(hex("c03f00c0")));
        assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(read.tensors()).isEqualTo(Map.of("a", HostArray.of(new float[] {1.5f}), "b", halves));
        assertThat(read.tensors().keySet()).containsExactly("b", "a");
        assertThat(halves.toDoubles()).containsExactly(1.5, -2);
    }

    @ParameterizedTest
    @CsvSource({
        "F64, FLOAT64", "F32, FLOAT32", "BF16, BFLOAT16", "F16, FLOAT16", "I64, INT64",
        "I32, INT32", "I16, INT16", "I8, INT8", "U8, UINT8", "BOOL, BOOL"
    })
    void readsEveryTypeThatElboHas(String name, DType dtype) throws IOException {
        String header = "{'a':{'dtype':'%s','shape':[1],'data_offsets':[0,%d]}}".formatted(name, dtype.bytes());
        Path file = file("type.safetensors", safetensors(header, "01".repeat(dtype.bytes())));
        assertThat(Safetensors.read(file).tensors().get("a")).hasToString(dtype + " [1]");
    }

    @Test
    void writesAlignedTensorsWithoutGapsBehindAPaddedHeader() throws IOException {
        Map<String, HostArray> tensors = new LinkedHashMap<>();
        tensors.put("bytes", HostArray.of(new byte[] {1, 2, 3}, 3));
        tensors.put("floats", HostArray.of(new float[] {1.5f}, 1));
        Path file = directory.resolve("written.safetensors");
        new Safetensors(tensors, Map.of()).write(file);
        String header = "{'bytes':{'dtype':'U8','shape':[3],'data_offsets':[4,7]},"
                + "'floats':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}";
        assertThat(file).hasBinaryContent(safetensors(header + " ".repeat(-header.length() & 7), "0000c03f 010203"));
        assertThat(Safetensors.read(file).tensors().keySet()).containsExactly("bytes", "floats");
    }

    @Test
    void aFileCanHoldNothing() throws IOException {
        Path file = directory.resolve("empty.safetensors");
        Safetensors nothing = new Safetensors(Map.of(), Map.of());
        nothing.write(file);
        assertThat(Safetensors.read(file)).isEqualTo(nothing);
    }

    @Test
    void tensorsCanBeWrittenOverTheFileThatTheyWereReadFrom() throws IOException {
        Path file = file("same.safetensors", GOLDEN);
        Safetensors read = Safetensors.read(file);
        read.write(file);
        assertThat(Safetensors.read(file)).isEqualTo(read);
    }

    @Test
    void largeTensorsAreWrittenInChunks() throws IOException {
        byte[] large = new byte[(1 << 20) * 2 + 17];
        new Random(1).nextBytes(large);
        Safetensors tensors = new Safetensors(Map.of("large", HostArray.of(large, large.length)), Map.of());
        Path file = directory.resolve("large.safetensors");
        tensors.write(file);
        assertThat(Safetensors.read(file)).isEqualTo(tensors);
    }

    @Test
    void noTensorHasTheNameOfTheMetadata() {
        Map<String, HostArray> tensors = Map.of("__metadata__", HostArray.of(new byte[1], 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Safetensors(tensors, Map.of()))
                .withMessage("no tensor can have the name __metadata__; rename it");
    }

    @Test
    void saysHowMuchIsMissing() throws IOException {
        assertRefused(new byte[7], " is truncated: it ends within its first 8 bytes. Replace it with a complete copy.");
        assertRefused(
                hex("00100000 00000000 7b"), " is truncated: it promises a header of 4,096 bytes, the file holds 1.");
        assertRefused(
                safetensors("{'a':{'dtype':'F32','shape':[512,256],'data_offsets':[0,524288]}}", "00"),
                " is truncated: it promises tensors of 524,288 bytes, the file holds 1. Replace");
    }

    @Test
    void saysWhatIsWrongWithOtherFiles() throws IOException {
        assertRefused(
                "PK\3\4 a zip archive".getBytes(StandardCharsets.UTF_8),
                " is not a safetensors file: its first 8 bytes promise a header of 8800140462016121680 bytes. "
                        + "Give a file that the safetensors library can load.");
        assertRefused(
                safetensors("{'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}}", "00"),
                " holds a tensor 'a' of type F8_E4M3, and Elbo reads BF16, BOOL, F16, F32, F64, I16, I32, I64, I8, U8. "
                        + "Convert it to one of them.");
        assertRefused(
                safetensors("{'a':{'dtype':'U8','shape':[3000000000],'data_offsets':[0,3000000000]}}", ""),
                " holds a tensor 'a', U8 [3000000000], that is too large for Elbo. Split it into tensors below 2 GiB.");
    }

    @Test
    void noByteIsWithoutATensorOrInTwo() throws IOException {
        String second = ",'b':{'dtype':'U8','shape':[1],'data_offsets':[%d,%d]}}";
        String first = "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}";
        assertRefused(
                safetensors(first + second.formatted(3, 4), "00000000"),
                " is damaged: between its tensors, at byte 2, is a gap or an overlap. Replace");
        assertRefused(safetensors(first + second.formatted(1, 2), "0000"), "at byte 2, is a gap or an overlap");
        assertRefused(
                safetensors(first + second.formatted(2, 3), "00000000"),
                " is damaged: it goes on after the 3 bytes of its tensors. Replace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'shape':[2,1],'data_offsets':[0,4]",
                "'shape':[4294967296,4294967296],'data_offsets':[0,0]",
                "'shape':[4611686018427387904],'data_offsets':[0,0]",
                "'shape':[-1],'data_offsets':[0,-4]",
                "'shape':[1],'data_offsets':[-4,0]",
                "'shape':[1],'data_offsets':[4,0]",
                "'shape':[1],'data_offsets':[9223372036854775807,-9223372036854775808]",
                "'shape':[1],'data_offsets':[0]",
                "'shape':[1],'data_offsets':[0,4,4]"
            })
    void offsetsAreAsFarApartAsTheElementsTake(String place) throws IOException {
        assertRefused(
                safetensors("{'a':{'dtype':'F32'," + place + "}}", "00000000"), " is damaged: its tensor 'a', F32 [");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " {}",
                "[]",
                "null",
                "{",
                "{}x",
                "{}{}",
                "{'a':null}",
                "{'a':{}}",
                "{'a':[]}",
                "{'__metadata__':null}",
                "{'__metadata__':{'a':1}}",
                "{'__metadata__':{'a':null}}",
                "{'__metadata__':{'a':{}}}",
                "{'a':{'dtype':null,'shape':[0],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':null,'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[null],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':['0'],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[0.5],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[true],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':0,'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':'AAAA','data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0],'x':1}}",
                "{'a':{'dtype':'U8','dtype':'U8','shape':[0],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}",
                "{'\u00ff':"
            })
    void otherJsonIsRefused(String header) throws IOException {
        assertRefused(
                safetensors(header, ""),
                " is damaged: its header is not the JSON of a safetensors file. Replace it with a complete copy.");
    }

    @Test
    void headersInOtherEncodingsAreRefused() throws IOException {
        for (byte[] text : List.of(hex("7b22ff22"), "{}".getBytes(StandardCharsets.UTF_16LE))) {
            byte[] length = {(byte) text.length, 0, 0, 0, 0, 0, 0, 0};
            ByteBuffer content =
                    ByteBuffer.allocate(8 + text.length).put(length).put(text);
            assertRefused(content.array(), " is damaged: its header is not the JSON of a safetensors file");
        }
    }

    @Test
    void deepHeadersAreRefused() throws IOException {
        String deep = "{'a':" + "[".repeat(1_000_000);
        assertRefused(safetensors(deep, ""), " is damaged: its header is not the JSON");
        assertRefused(safetensors("{'a':{'dtype':'U8','shape':" + deep.substring(5), ""), "is not the JSON");
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        FileFuzz fuzz = fuzz();
        fuzz.truncate(GOLDEN);
        fuzz.flip(GOLDEN, 500);
    }

    @Test
    void randomHeadersAreReadOrRefused() throws IOException {
        List<String> words = List.of(
                "{",
                "}",
                "[",
                "]",
                "'a':",
                "'b':",
                "'__metadata__':",
                "'dtype':",
                "'shape':",
                "'data_offsets':",
                "'F64'",
                "'U8'",
                "0",
                "-1",
                "4",
                "8",
                "9223372036854775807",
                "1e9",
                "null",
                "true",
                "''",
                ",",
                " ",
                "\\u0000",
                "é");
        Random random = new Random(1);
        FileFuzz fuzz = fuzz();
        for (int time = 0; time < 500; time++) {
            StringBuilder header = new StringBuilder(HEADER);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int start = random.nextInt(header.length());
                int end = Math.min(header.length(), start + random.nextInt(12));
                header.replace(start, end, words.get(random.nextInt(words.size())));
            }
            fuzz.readOrRefuse(safetensors(header.toString(), "0000c03f c03f00c0"));
        }
    }

    private FileFuzz fuzz() {
        return new FileFuzz(
                directory, file -> Safetensors.read(file).tensors().values().forEach(HostArray::toDoubles));
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = file("refused.safetensors", content);
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    /** A file with this header, in which ' stands for ", and these elements. */
    private static byte[] safetensors(String header, String elements) {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] payload = hex(elements);
        return ByteBuffer.allocate(Long.BYTES + text.length + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(payload)
                .array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
