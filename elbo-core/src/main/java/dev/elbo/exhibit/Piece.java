package dev.elbo.exhibit;

import dev.elbo.figure.Figure;
import dev.elbo.figure.Waves;
import dev.elbo.figure.WholeFile;
import dev.elbo.generate.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An exhibit as it was made: something to see, to read or to hear. */
public sealed interface Piece {
    /** The ending of its file. */
    String ending();

    /**
     * Writes it to a file, atomically.
     *
     * @return {@code file}
     */
    Path write(Path file) throws IOException;

    /** A figure, as PNG. */
    record Picture(Figure figure) implements Piece {
        @Override
        public String ending() {
            return ".png";
        }

        @Override
        public Path write(Path file) throws IOException {
            return figure.write(file);
        }
    }

    /** Lines, as UTF-8 text. */
    record Writing(List<String> lines) implements Piece {
        /** Copies the list. */
        public Writing {
            lines = List.copyOf(lines);
        }

        @Override
        public String ending() {
            return ".txt";
        }

        @Override
        public Path write(Path file) throws IOException {
            return WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Recordings one after the other, as WAV. */
    record Recording(Shown.Sound sound) implements Piece {
        @Override
        public String ending() {
            return ".wav";
        }

        @Override
        public Path write(Path file) throws IOException {
            return WholeFile.write(file, Waves.wav(sound.waves(), sound.rateHz()));
        }
    }
}
