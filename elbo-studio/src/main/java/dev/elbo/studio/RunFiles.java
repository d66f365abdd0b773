package dev.elbo.studio;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes directories. */
final class RunFiles {
    private RunFiles() {}

    /**
     * Deletes a run. Its configuration goes first, so that half a run is none; then it is renamed, so that whoever still writes into it, as a
     * process that draws its report, writes elsewhere and finds it gone.
     */
    static void deleteRun(Path run) throws IOException {
        Files.deleteIfExists(run.resolve("config.json"));
        Path aside = run.resolveSibling(".deleted-" + UUID.randomUUID());
        try {
            Files.move(run, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException inUse) { // a system that renames no open files
            delete(run);
            return;
        }
        delete(aside);
    }

    /** Deletes a directory and all in it; what a link leads to stays. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
