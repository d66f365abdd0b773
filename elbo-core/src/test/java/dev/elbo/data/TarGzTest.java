package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {
    @TempDir
    Path folder;

    @Test
    void fileIsFoundBehindOthersAndEndsWhereItShould() throws IOException {
        Path archive = archive(
                TinyTar.file("package/readme", new byte[513]),
                TinyTar.file("package/labels", TinySet.LABELS),
                TinyTar.file("package/images", TinySet.IMAGES));

        assertThat(content(archive, "package/labels")).isEqualTo(TinySet.LABELS);
        assertThat(content(archive, "package/images")).isEqualTo(TinySet.IMAGES);
    }

    @Test
    void fileMayHaveGzBehindItsName() throws IOException {
        Path archive = archive(TinyTar.file("package/labels.gz", TinySet.LABELS));

        assertThat(content(archive, "package/labels")).isEqualTo(TinySet.LABELS);
    }

    @Test
    void severalFilesAreReadAsOne() throws IOException {
        Path archive = archive(
                TinyTar.file("package/a1", TinySet.LABELS),
                TinyTar.file("package/readme", new byte[513]),
                TinyTar.file("package/a2", new byte[0]),
                TinyTar.file("package/a3", TinySet.IMAGES));

        try (InputStream joined = TarGz.joined(archive, path -> path.matches("package/a\\d"), "text")) {
            assertThat(joined.readNBytes(3)).isEqualTo(TinySet.LABELS);
            assertThat(joined.readAllBytes()).isEqualTo(TinySet.IMAGES);
        }
        assertThatThrownBy(() -> TarGz.joined(archive, path -> false, "text"))
                .hasMessage("archive.tgz holds no file text");
    }

    @Test
    void missingFileIsNamed() throws IOException {
        Path archive = archive(TinyTar.file("package/labels", TinySet.LABELS));

        assertThatThrownBy(() -> content(archive, "package/images"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("archive.tgz holds no file package/images");
    }

    @Test
    void fileThatBreaksOffIsNotTakenForTheWhole() throws IOException {
        Path archive = archive(TinyTar.file("package/images", "00000100000", TinySet.LABELS));

        assertThatThrownBy(() -> content(archive, "package/images")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> content(archive, "package/labels")).isInstanceOf(EOFException.class);
    }

    @Test
    void impossibleSizeIsTold() throws IOException {
        Path archive = archive(TinyTar.file("package/images", "minus one", TinySet.LABELS));

        assertThatThrownBy(() -> content(archive, "package/images"))
                .hasMessage("this is no tar archive: a file in it has the size 'minus one'");
    }

    @Property(tries = 200)
    void randomBytesAreRefusedWithAnIoException(@ForAll @Size(max = 2000) byte[] bytes) throws IOException {
        Path archive = Files.createTempFile("random", ".tgz");
        try {
            Files.write(archive, TinySet.gzip(bytes));
            assertThatThrownBy(() -> content(archive, "package/images")).isInstanceOf(IOException.class);
        } finally {
            Files.delete(archive);
        }
    }

    private Path archive(byte[]... files) throws IOException {
        return Files.write(folder.resolve("archive.tgz"), TinyTar.gzip(files));
    }

    private static byte[] content(Path archive, String name) throws IOException {
        try (InputStream content = TarGz.entry(archive, name)) {
            return content.readAllBytes();
        }
    }
}
