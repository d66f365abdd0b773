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
        InputStream tar = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16);
        try {
            return new Content(tar, seek(tar, archive, name));
        } catch (IOException e) {
            tar.close();
            throw e;
        }
    }

    /** Reads up to the content of a file, and says how many bytes of it follow. */
    private static long seek(InputStream tar, Path archive, String name) throws IOException {
        byte[] header = tar.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            long bytes = size(header);
            String path = text(header, 0, 100);
            if (path.equals(name) || path.equals(name + ".gz")) {
                return bytes;
            }
            tar.skipNBytes((bytes + BLOCK - 1) / BLOCK * BLOCK);
            header = tar.readNBytes(BLOCK);
        }
        throw new NoSuchFileException(archive.getFileName() + " holds no file " + name);
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

    /** The next so many bytes of an archive. */
    private static final class Content extends InputStream {
        private final InputStream tar;
        private long left;

        Content(InputStream tar, long bytes) {
            this.tar = tar;
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
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
