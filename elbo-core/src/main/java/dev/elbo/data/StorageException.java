package dev.elbo.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The cache cannot be written to: the disk is full, or the folder is somebody else's. */
final class StorageException extends IOException {
    private static final String REMEDY = ". Make room there, or set ELBO_HOME to a folder on another disk.";

    /** @param problem what is wrong, without a full stop */
    StorageException(String problem) {
        super(problem + REMEDY);
    }

    StorageException(Path path, IOException cause) {
        super("cannot write " + path + ": " + reason(cause) + REMEDY, cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
    }
}
