package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a data set in the cache. Beside a file whose content was checked lies a stamp with its checksum,
 * size and time of change, so that it need not be read again as long as these are the same.
 *
 * @param folder the data set's folder in the cache
 * @param file what the file must be
 */
record CachedFile(Path folder, DataFile file) {
    Path path() {
        return folder.resolve(file.name());
    }

    /** Whether the file is there and its content is right, according to its stamp or, failing that, its bytes. */
    boolean isIntact() throws IOException {
        if (!hasRightSize()) {
            return false;
        }
        return isStamped() || isIntactByContent();
    }

    /** Whether the file is there and its content is right; reads all of it, and stamps it accordingly. */
    boolean isIntactByContent() throws IOException {
        boolean intact = hasRightSize() && file.sha256().equals(sha256(path()));
        if (intact) {
            stamp();
        } else {
            Files.deleteIfExists(stampPath());
        }
        return intact;
    }

    private boolean hasRightSize() throws IOException {
        return Files.isRegularFile(path()) && Files.size(path()) == file.bytes();
    }

    private boolean isStamped() throws IOException {
        return Files.exists(stampPath()) && Files.readString(stampPath()).equals(currentStamp());
    }

    /** Notes that the content was checked. */
    void stamp() throws IOException {
        if (Files.isWritable(folder)) { // in a cache that others maintain, the content is read every time
            Files.writeString(stampPath(), currentStamp());
        }
    }

    private Path stampPath() {
        return folder.resolve(file.name() + ".checked");
    }

    private String currentStamp() throws IOException {
        return file.sha256() + " " + file.bytes() + " " + Files.getLastModifiedTime(path()) + "\n";
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
