package dev.elbo.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A tar archive compressed by gzip: files one after the other, each behind a header of 512 bytes and padded to
 * a multiple of 512 (POSIX.1-1988, "ustar"). Extensions for long names and large files are passed over.
 */
final class TarGz {
    private static final int BLOCK = 512;

    private TarGz() {}

    /**
     * The content of one file of an archive.
     *
     * @param name the file's path in the archive; it may have ".gz" behind it there
     * @throws NoSuchFileException if there is none
     * @throws IOException if the archive is damaged
     */
    static InputStream entry(Path archive, String name) throws IOException {
        return open(archive, path -> path.equals(name) || path.equals(name + ".gz"), false, name);
    }

    /**
     * The content of several files of an archive, one after the other.
     *
     * @param wanted which files, by their paths in the archive
     * @param name what they are called together
     * @throws NoSuchFileException if there is none
     * @throws IOException if the archive is damaged
     */
    static InputStream joined(Path archive, Predicate<String> wanted, String name) throws IOException {
        return open(archive, wanted, true, name);
    }

    /**
     * Unpacks the plain files of one folder of an archive, without its folders.
     *
     * @param under the folder's path in the archive, with a slash at its end
     * @param folder where the files go
     * @throws NoSuchFileException if there is none
     * @throws IOException if the archive is damaged
     */
    static void unpack(Path archive, String under, Path folder) throws IOException {
        int unpacked = 0;
        try (InputStream tar =
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
            for (byte[] header = tar.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = tar.readNBytes(BLOCK)) {
                String path = text(header, 0, 100);
                long bytes = size(header);
                long padding = (BLOCK - bytes % BLOCK) % BLOCK;
                String name = path.startsWith(under) ? path.substring(under.length()) : "";
                if (name.matches("[\\w-][\\w.-]*")) {
                    Files.write(folder.resolve(name), tar.readNBytes(Math.toIntExact(bytes)));
                    unpacked++;
                } else {
                    tar.skipNBytes(bytes);
                }
                tar.skipNBytes(padding);
            }
        }
        if (unpacked == 0) {
            throw new NoSuchFileException(archive.getFileName() + " holds no file in " + under);
        }
    }

    private static InputStream open(Path archive, Predicate<String> wanted, boolean all, String name)
            throws IOException {
        InputStream tar = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16);
        try {
            Content content = new Content(tar, wanted, all);
            if (!content.seek()) {
                throw new NoSuchFileException(archive.getFileName() + " holds no file " + name);
            }
            return content;
        } catch (IOException e) {
            tar.close();
            throw e;
        }
    }

    private static long size(byte[] header) throws IOException {
        String octal = text(header, 124, 12).strip();
        if (!octal.matches("[0-7]{1,11}")) {
            throw new IOException("this is no tar archive: a file in it has the size '" + octal + "'");
        }
        return Long.parseLong(octal, 8);
    }

    /** A string that ends at its first zero byte. */
    private static String text(byte[] header, int from, int length) {
        String padded = new String(Arrays.copyOfRange(header, from, from + length), StandardCharsets.ISO_8859_1);
        int end = padded.indexOf(0);
        return end < 0 ? padded : padded.substring(0, end);
    }

    /** What is wanted of an archive. */
    private static final class Content extends InputStream {
        private final InputStream tar;
        private final Predicate<String> wanted;
        private final boolean all;
        private long left;
        private long padding;

        /** @param all whether what is wanted goes on behind the first file */
        Content(InputStream tar, Predicate<String> wanted, boolean all) {
            this.tar = tar;
            this.wanted = wanted;
            this.all = all;
        }

        /** Reads up to the content of the next file that is wanted; false if there is none. */
        boolean seek() throws IOException {
            tar.skipNBytes(padding);
            byte[] header = tar.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long bytes = size(header);
                long blocks = (bytes + BLOCK - 1) / BLOCK * BLOCK;
                if (wanted.test(text(header, 0, 100))) {
                    left = bytes;
                    padding = blocks - bytes;
                    return true;
                }
                tar.skipNBytes(blocks);
                header = tar.readNBytes(BLOCK);
            }
            return false;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            while (left == 0) {
                if (!all || !seek()) {
                    return -1;
                }
            }
            int read = tar.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the archive breaks off");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            tar.close();
        }
    }
}
