package dev.elbo.figure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/** A file that other programs see whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes beside {@code file}, then renames; the folder is made where it is missing.
     *
     * @return {@code file}
     * @throws IOException if it cannot be written; what was there before still is
     */
    public static Path write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(target.getParent(), "a file lies in a folder");
        Path draft = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            try {
                Files.write(draft, content);
                replace(draft, target);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new IOException(
                    file + " could not be written: " + reason(e, draft) + "; make room, or choose another place", e);
        }
        return file;
    }

    /** What is wrong, without the name of the draft. */
    private static String reason(IOException e, Path draft) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is no folder";
        }
        if (e instanceof NoSuchFileException) {
            return "there can be no folder " + draft.getParent();
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }

    private static void replace(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
