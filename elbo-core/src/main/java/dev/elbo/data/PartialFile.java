package dev.elbo.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file on its way into the cache. What is wrong with the content is an {@link IOException} of its source; what
 * goes wrong with the disk is a {@link StorageException}.
 */
final class PartialFile implements Closeable {
    private final Path path;
    private final DataFile file;
    private final FileChannel channel;
    private final MessageDigest digest = CachedFile.sha256();
    private long bytes;

    private PartialFile(Path path, DataFile file, FileChannel channel) {
        this.path = path;
        this.file = file;
        this.channel = channel;
    }

    /** @param file what the content must be when it is complete */
    static PartialFile create(Path path, DataFile file) throws StorageException {
        try {
            return new PartialFile(
                    path, file, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StorageException(path, e);
        }
    }

    DataFile file() {
        return file;
    }

    /** How many bytes have been written. */
    long bytes() {
        return bytes;
    }

    /**
     * Appends bytes.
     *
     * @throws IOException if there are more of them than the file should have
     */
    void write(byte[] content, int length) throws IOException {
        bytes += length;
        if (bytes > file.bytes()) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s is longer than the %,d bytes expected", file.name(), file.bytes()));
        }
        digest.update(content, 0, length);
        try {
            ByteBuffer rest = ByteBuffer.wrap(content, 0, length);
            while (rest.hasRemaining()) { // a disk that is nearly full takes only a part
                channel.write(rest);
            }
        } catch (IOException e) {
            throw new StorageException(path, e);
        }
    }

    /**
     * Puts the complete file in its place, where it appears at once and as a whole.
     *
     * @throws IOException if the content is not what it should be
     */
    void moveTo(Path place) throws IOException {
        requireRightContent();
        try {
            channel.force(true);
            Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException(place, e);
        }
    }

    private void requireRightContent() throws IOException {
        if (bytes < file.bytes()) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s ends after %,d bytes of %,d", file.name(), bytes, file.bytes()));
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!sha256.equals(file.sha256())) {
            throw new IOException(
                    file.name() + " has the SHA-256 " + sha256 + ", expected " + file.sha256() + "; it was not kept");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
