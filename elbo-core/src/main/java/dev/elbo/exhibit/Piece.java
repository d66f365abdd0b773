package dev.elbo.exhibit;

import dev.elbo.figure.Figure;
import dev.elbo.figure.Waves;
import dev.elbo.figure.WholeFile;
import dev.elbo.generate.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    /**
     * Recordings one after the other, as WAV.
     *
     * @param spectra their spectra, if there are any, which are written beside the file under its name
     */
    record Recording(Shown.Sound sound, Optional<Figure> spectra) implements Piece {
        @Override
        public String ending() {
            return ".wav";
        }

        @Override
        public Path write(Path file) throws IOException {
            if (spectra.isPresent()) {
                spectra.get()
                        .write(file.resolveSibling(file.getFileName().toString().replaceFirst("\\.wav$", "") + ".png"));
            }
            return WholeFile.write(file, Waves.wav(sound.waves(), sound.rateHz()));
        }
    }
}
