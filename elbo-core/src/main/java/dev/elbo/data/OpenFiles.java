package dev.elbo.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that are read here and there, for as long as anyone likes: those that were used last are open. Several threads may
 * read; one that is interrupted closes a file, as Java has it, and it is opened anew for the others.
 */
final class OpenFiles {
    private static final int MOST = 200;
    private static final Map<Path, FileChannel> OPEN = new LinkedHashMap<>(16, 0.75f, true);

    private OpenFiles() {}

    /**
     * Fills a buffer from a place of a file on.
     *
     * @throws IOException naming the file, if it ends before or cannot be read
     */
    static void read(Path file, long position, ByteBuffer into) throws IOException {
        int begin = into.position();
        while (true) {
            try {
                fill(channel(file), file, position, into);
                return;
            } catch (ClosedChannelException closed) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException(file + " could not be read on: the thread was interrupted", closed);
                }
                into.position(begin); // closed by another thread, which was interrupted or needed the place
            }
        }
    }

    private static void fill(FileChannel channel, Path file, long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw new EOFException(file + " has become shorter while it was used");
            }
            at += read;
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        synchronized (OPEN) {
            FileChannel channel = OPEN.get(file);
            if (channel == null || !channel.isOpen()) {
                channel = FileChannel.open(file);
                OPEN.put(file, channel);
                closeEldest();
            }
            return channel;
        }
    }

    private static void closeEldest() throws IOException {
        Iterator<FileChannel> eldest = OPEN.values().iterator();
        while (OPEN.size() > MOST) {
            FileChannel channel = eldest.next();
            eldest.remove();
            channel.close();
        }
    }
}
