package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** What disks, downloads and enemies do to files; a reader may refuse them, and nothing else may happen. */
public final class FileFuzz {
    /** Reads a file, every byte of it. */
    @FunctionalInterface
    public interface Reader {
        void read(Path file) throws IOException;
    }

    private final Path file;
    private final Reader reader;

    /** Writes its files over each other, in {@code directory}. */
    public FileFuzz(Path directory, Reader reader) {
        this.file = directory.resolve("damaged");
        this.reader = reader;
    }

    /** Every beginning of a valid file must be refused. */
    public void truncate(byte[] valid) throws IOException {
        for (int length = 0; length < valid.length; length++) {
            Path truncated = Files.write(file, Arrays.copyOf(valid, length));
            assertThatExceptionOfType(InvalidFileException.class)
                    .as("%d of %d bytes", length, valid.length)
                    .isThrownBy(() -> reader.read(truncated));
        }
    }

    /** Changes some bytes of a valid file, most often one. */
    public void flip(byte[] valid, int times) throws IOException {
        Random random = new Random(1);
        for (int time = 0; time < times; time++) {
            byte[] flipped = valid.clone();
            for (int flips = 1 << random.nextInt(4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
            }
            readOrRefuse(flipped);
        }
    }

    /** Must be read, or refused with a message. */
    public void readOrRefuse(byte[] content) throws IOException {
        Files.deleteIfExists(file); // what was read before may still be mapped
        Files.write(file, content);
        try {
            reader.read(file);
        } catch (InvalidFileException refusal) {
            assertThat(refusal).hasMessageStartingWith(file.toString()).hasMessageEndingWith(".");
        }
    }
}
