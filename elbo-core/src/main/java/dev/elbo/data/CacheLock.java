package dev.elbo.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to change a folder of the cache: held by one thread of one process, and lost when that ends. */
final class CacheLock {
    private static final long POLL_MILLIS = 100;

    private CacheLock() {}

    /** Something to do with the right. */
    @FunctionalInterface
    interface Change {
        void run() throws IOException;
    }

    /**
     * Makes a change as soon as nobody else has the right to.
     *
     * @param file the file that stands for it
     * @param waiting is told, once, if somebody has
     */
    static void hold(Path file, Runnable waiting, Change change) throws IOException {
        try (FileChannel channel = open(file)) {
            if (!take(channel)) {
                waiting.run();
                poll(channel);
            }
            change.run();
        } // closing the file gives the right back
    }

    private static FileChannel open(Path file) throws StorageException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StorageException(file, e);
        }
    }

    private static void poll(FileChannel channel) throws IOException {
        while (!take(channel)) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another process was fetching the same data");
            }
        }
    }

    /** Takes the right, unless somebody else has it. */
    private static boolean take(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherThread) {
            return false;
        }
    }
}
