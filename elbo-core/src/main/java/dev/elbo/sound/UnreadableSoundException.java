package dev.elbo.sound;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A sound file is not what it should be, and the message says which, why and what to do. */
public final class UnreadableSoundException extends IOException {
    private final String problem;

    /**
     * A file with a fault.
     *
     * @param problem what is wrong with it, as the predicate of a sentence: "holds no sample"
     * @param remedy what to do, as an imperative
     */
    UnreadableSoundException(Path file, String problem, String remedy, @Nullable Throwable cause) {
        super(file + " " + problem + ". " + remedy + ".", cause);
        this.problem = problem;
    }

    static UnreadableSoundException damaged(Path file, String problem, @Nullable Throwable cause) {
        return new UnreadableSoundException(file, problem, "Replace it with a complete copy", cause);
    }

    /** The fault of the file, as the predicate of a sentence. */
    public String problem() {
        return problem;
    }
}
