package dev.elbo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A data set of two short files, and sources of it that do what a test wants. */
final class TinySet {
    static final byte[] IMAGES = "0123456789".repeat(1000).getBytes(UTF_8);
    static final byte[] LABELS = "abc".getBytes(UTF_8);

    private TinySet() {}

    static DataSet from(Source... sources) {
        return new DataSet(
                "tiny",
                "two files",
                "me, CC0",
                "CC0",
                "Do with it what you like.",
                1000,
                List.of(file("images", IMAGES), file("labels", LABELS)),
                List.of(sources),
                (folder, options) -> {
                    throw new IOException("it is not read");
                });
    }

    private static DataFile file(String name, byte[] content) {
        return new DataFile(
                name,
                content.length,
                HexFormat.of().formatHex(CachedFile.sha256().digest(content)));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    static byte[] firstHalf(byte[] content) {
        return Arrays.copyOf(content, content.length / 2);
    }

    /** A source with both files, right. */
    static Memory good() {
        return new Memory("good", Map.of("images", IMAGES, "labels", LABELS), new AtomicInteger());
    }

    /** A source with right labels and other images. */
    static Memory withImages(byte[] images) {
        return new Memory("other", Map.of("images", images, "labels", LABELS), new AtomicInteger());
    }

    /** A source that has nothing. */
    static Memory empty() {
        return new Memory("empty", Map.of(), new AtomicInteger());
    }

    /**
     * A source in memory.
     *
     * @param reads how many files were asked for
     */
    record Memory(String title, Map<String, byte[]> files, AtomicInteger reads) implements Source {
        @Override
        public Delivery open(Path scratch) {
            return this::read;
        }

        private InputStream read(String name) throws IOException {
            reads.incrementAndGet();
            byte[] content = files.get(name);
            if (content == null) {
                throw new NoSuchFileException("it has no file " + name);
            }
            return new ByteArrayInputStream(content);
        }
    }
}
