package dev.elbo.figure;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
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
        Files.createDirectories(folder);
        Path draft = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(draft, content);
            replace(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
        return file;
    }

    private static void replace(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
