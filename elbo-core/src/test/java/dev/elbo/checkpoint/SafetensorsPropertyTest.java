package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.ArbitraryArrays;
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

class SafetensorsPropertyTest {

    @Property(tries = 300)
    void aFileReturnsWhatWasWritten(
            @ForAll("tensors") Map<String, HostArray> tensors, @ForAll Map<String, String> metadata)
            throws IOException {
        Path file = Files.createTempFile("tensors", ".safetensors");
        try {
            Safetensors written = new Safetensors(tensors, metadata);
            written.write(file);
            Safetensors read = Safetensors.read(file);
            assertThat(read).isEqualTo(written);
            assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, HostArray>> tensors() {
        return Arbitraries.maps(Arbitraries.strings(), ArbitraryArrays.of(DType.values()))
                .ofMaxSize(8);
    }
}
