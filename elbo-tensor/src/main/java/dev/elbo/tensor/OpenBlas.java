package dev.elbo.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The matrix library under libtorch, as far as it must be asked directly. */
interface OpenBlas extends Library {
    void openblas_set_num_threads(int threads);

    String openblas_get_corename();

    /** The copy that libtorch has loaded, from the folder where JavaCPP unpacked it. */
    static OpenBlas in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Path library = files.filter(OpenBlas::isLibrary)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Bug: no OpenBLAS among the unpacked natives"));
            return Native.load(library.toString(), OpenBlas.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLibrary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("libopenblas.") || name.startsWith("libopenblas_nolapack.");
    }
}
