package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class ArrayFilesPropertyTest {
    private Path file = Path.of("");

    @BeforeTry
    void createFile() throws IOException {
        file = Files.createTempFile("array", "");
    }

    @AfterTry
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 300)
    void idxReturnsWhatWasWritten(@ForAll("idxArrays") HostArray array) throws IOException {
        Idx.write(file, array);
        assertThat(Idx.read(file)).isEqualTo(array);
    }

    @Property(tries = 300)
    void npyReturnsWhatWasWritten(@ForAll("npyArrays") HostArray array) throws IOException {
        Npy.write(file, array);
        assertThat(Npy.read(file)).isEqualTo(array);
    }

    @Property(tries = 100)
    void npzReturnsWhatWasWritten(@ForAll("namedArrays") Map<String, HostArray> arrays) throws IOException {
        Npy.writeAll(file, arrays);
        Map<String, HostArray> read = Npy.readAll(file);
        assertThat(read).isEqualTo(arrays);
        assertThat(read.keySet()).containsExactlyElementsOf(arrays.keySet());
    }

    @Provide
    Arbitrary<HostArray> idxArrays() {
        return ArbitraryArrays.of(DType.UINT8, DType.INT8, DType.INT16, DType.INT32, DType.FLOAT32, DType.FLOAT64);
    }

    @Provide
    Arbitrary<HostArray> npyArrays() {
        return ArbitraryArrays.of(
                DType.FLOAT16,
                DType.FLOAT32,
                DType.FLOAT64,
                DType.INT8,
                DType.INT16,
                DType.INT32,
                DType.INT64,
                DType.UINT8,
                DType.BOOL);
    }

    @Provide
    Arbitrary<Map<String, HostArray>> namedArrays() {
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), npyArrays())
                .ofMaxSize(4);
    }
}
