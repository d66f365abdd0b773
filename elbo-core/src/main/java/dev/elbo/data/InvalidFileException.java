package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file's content is not what it should be. The message is made for the person who has the file: its
 * name, what is wrong with it, and what to do, as in "digits.npy is truncated: its header promises
 * 10×28×28 bytes = 7,840, the file holds 1,024. Replace it with a complete copy."
 */
public final class InvalidFileException extends IOException {
    /** The remedy of most damage. */
    public static final String REPLACE = "Replace it with a complete copy";

    /**
     * A file with a fault.
     *
     * @param file the file at fault
     * @param problem what is wrong with it, as the predicate of a sentence: "is truncated: …"
     * @param remedy what to do, as an imperative: "Replace it with a complete copy"
     */
    public InvalidFileException(Path file, String problem, String remedy) {
        this(file.toString(), problem, remedy, null);
    }

    /**
     * Files with faults.
     *
     * @param sentences which files, what is wrong with each, and what to do
     */
    InvalidFileException(String sentences) {
        super(sentences);
    }

    /**
     * A file, or a part of one, with a fault that something else noticed first.
     *
     * @param name the file or its part: "faces.npz (images.npy)"
     * @param problem what is wrong with it, as the predicate of a sentence
     * @param remedy what to do, as an imperative
     * @param cause what noticed it
     */
    public InvalidFileException(String name, String problem, String remedy, @Nullable Throwable cause) {
        super(name + " " + problem + ". " + remedy + ".", cause);
    }
}
