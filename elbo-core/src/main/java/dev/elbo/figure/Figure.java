package dev.elbo.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Something that can be drawn. The same figure always has the same pixels on the same machine. */
public interface Figure {

    /** Draws it on white, without transparency. */
    BufferedImage draw();

    /**
     * Draws it to a PNG file, atomically.
     *
     * @return {@code file}
     * @throws IOException if the file cannot be written
     */
    default Path write(Path file) throws IOException {
        return Png.write(draw(), file);
    }
}
