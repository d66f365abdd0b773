package dev.elbo.run;

import dev.elbo.data.InvalidFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to train a run: held by one process, and lost when that ends, however it ends. */
final class RunLock implements AutoCloseable {
    private static final String FILE = ".training";

    /** Held by this process: to open and close the file of one of these again would give its lock back (POSIX). */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path run;
    private final FileChannel channel;

    private RunLock(Path run, FileChannel channel) {
        this.run = run;
        this.channel = channel;
    }

    static synchronized RunLock take(Path run) throws IOException {
        Path own = run.toRealPath();
        if (!OWN.add(own)) {
            throw refusal(run);
        }
        try {
            return new RunLock(own, locked(run));
        } catch (IOException refused) {
            OWN.remove(own);
            throw refused;
        }
    }

    private static FileChannel locked(Path run) throws IOException {
        FileChannel channel = FileChannel.open(run.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw refusal(run);
        }
        return channel;
    }

    private static InvalidFileException refusal(Path run) {
        return new InvalidFileException(
                run, "is being trained by another process", "Wait until that has ended, or stop it with 'elbo stop'");
    }

    /** Whether a process holds it, this one or another. */
    static synchronized boolean isHeld(Path run) throws IOException {
        Path file = run.resolve(FILE);
        if (!Files.exists(file) || OWN.contains(run.toRealPath())) {
            return Files.exists(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OWN.remove(run);
    }
}
