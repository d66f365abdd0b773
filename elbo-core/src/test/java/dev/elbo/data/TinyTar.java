package dev.elbo.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes tar archives for tests. */
final class TinyTar {
    private TinyTar() {}

    /** A file of an archive: its header, its content, and zeros up to a multiple of 512. */
    static byte[] file(String name, byte[] content) {
        return file(name, String.format("%011o", content.length), content);
    }

    static byte[] file(String name, String size, byte[] content) {
        ByteBuffer tar = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512);
        tar.put(0, name.getBytes(ISO_8859_1));
        tar.put(124, size.getBytes(ISO_8859_1));
        tar.put(512, content);
        return tar.array();
    }

    /** The archive of these files, with the two empty blocks at its end. */
    static byte[] gzip(byte[]... files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (byte[] file : files) {
            tar.write(file);
        }
        tar.write(new byte[1024]);
        return TinySet.gzip(tar.toByteArray());
    }
}
