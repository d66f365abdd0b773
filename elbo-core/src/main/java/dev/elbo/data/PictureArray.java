package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The pictures of a folder as one array, UINT8 [N, C, H, W]. A few are decoded whenever they are asked for; many, once and for
 * all, into a file of the cache, which is read from then on for as long as the folder is as it was.
 *
 * @param folder where they lie, for messages
 * @param size to which all are cropped and resized; if it is not chosen, they must have one size
 */
record PictureArray(Path folder, List<Example> examples, ImageSize size, DataCache cache) {
    /** Decoded in a second or so. */
    private static final long FEW_BYTES = 64L << 20;

    /** How many are decoded before they are put in their places; fewer of large ones. */
    private static final int MOST_AT_ONCE = 256;

    private static final int COLOURS = 3;
    private static final int DIGEST_BYTES = 8;

    private interface Sink {
        void put(ByteBuffer levels) throws IOException;
    }

    /**
     * Decodes them, or opens what was decoded before.
     *
     * @throws InvalidFileException if one is broken, or of another size than the first
     */
    RowSource open() throws IOException {
        return open(FEW_BYTES);
    }

    /** @param few bytes up to which they are decoded each time */
    RowSource open(long few) throws IOException {
        Picture first = picture(examples.get(0));
        long bytes = (long) first.height() * first.width() * COLOURS * examples.size();
        return bytes <= few ? decoded(first) : kept(first);
    }

    private Picture picture(Example example) throws IOException {
        Picture picture = Picture.read(example.file());
        return size.isChosen() ? picture.resized(size) : picture;
    }

    private HostArray decoded(Picture first) throws IOException {
        for (Shape shape : shapes(first)) {
            ByteBuffer levels = ByteBuffer.allocate((int) shape.elements());
            if (decode(shape, levels::put)) {
                return new HostArray(DType.UINT8, shape, levels.flip());
            }
        }
        throw new IllegalStateException("a picture has more than three channels"); // Picture makes none
    }

    /** In grey, if the first is, or else in colour. */
    private List<Shape> shapes(Picture first) {
        Shape colour = Shape.of(examples.size(), COLOURS, first.height(), first.width());
        return first.channels() == COLOURS
                ? List.of(colour)
                : List.of(Shape.of(examples.size(), 1, first.height(), first.width()), colour);
    }

    /** Decodes all in their order; false if it comes upon one that has colours where the shape has none. */
    private boolean decode(Shape shape, Sink sink) throws IOException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), PictureArray::daemon);
        try {
            long each = shape.elements() / examples.size();
            int portionSize = (int) Math.max(1, Math.min(MOST_AT_ONCE, FEW_BYTES / each));
            for (int from = 0; from < examples.size(); from += portionSize) {
                int to = Math.min(from + portionSize, examples.size());
                List<Callable<Picture>> portion = new ArrayList<>();
                examples.subList(from, to).forEach(example -> portion.add(() -> picture(example)));
                List<Future<Picture>> pictures = threads.invokeAll(portion);
                for (int i = from; i < to; i++) {
                    Picture picture = result(pictures.get(i - from));
                    requireSize(shape, picture, examples.get(i).file());
                    if (picture.channels() > shape.size(1)) {
                        return false;
                    }
                    sink.put((shape.size(1) == COLOURS ? picture.inColour() : picture)
                            .levels()
                            .bytes());
                }
                cache.listener().accept(new FetchEvent.Decoded(folder, to, examples.size()));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the images of " + folder + " were decoded");
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "elbo-pictures");
        thread.setDaemon(true);
        return thread;
    }

    private static Picture result(Future<Picture> picture) throws IOException, InterruptedException {
        try {
            return picture.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException damage) {
                throw damage;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private void requireSize(Shape shape, Picture picture, Path file) throws InvalidFileException {
        if (picture.height() != shape.size(2) || picture.width() != shape.size(3)) {
            throw new InvalidFileException(
                    file,
                    "has " + picture.height() + " × " + picture.width() + " pixels, and "
                            + examples.get(0).file() + " has " + shape.size(2) + " × " + shape.size(3),
                    "Give images of one size, or choose an image size to crop and resize them to");
        }
    }

    /** What was kept of this folder, or is now; its name tells of which state. */
    private RowSource kept(Picture first) throws IOException {
        Path origin = folder.toAbsolutePath().normalize();
        Path home = cache.root().resolve("pictures").resolve(origin.getFileName() + "-" + digest(origin + " " + size));
        Path file = home.resolve(digest(listing()) + ".npy");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new StorageException(home, e);
        }
        CacheLock.hold(
                home.resolve(".lock"), () -> cache.listener().accept(new FetchEvent.Waiting(folder.toString())), () -> {
                    if (!Files.exists(file)) {
                        removeFormer(home);
                        keep(first, file);
                    }
                });
        return Npy.rows(file).orElseThrow(() -> new IllegalStateException(file + " holds no images"));
    }

    private static void removeFormer(Path home) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "*.npy*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void keep(Picture first, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        for (Shape shape : shapes(first)) {
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(NpyHeader.bytes(DType.UINT8, shape), out, part);
                if (decode(shape, levels -> write(levels, out, part))) {
                    out.force(true);
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                    return;
                }
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void write(ByteBuffer bytes, FileChannel out, Path file) throws StorageException {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new StorageException(file, e);
        }
    }

    /** What would be another one if a picture had changed. */
    private String listing() throws IOException {
        StringBuilder listing = new StringBuilder();
        for (Example example : examples) {
            Path file = example.file();
            listing.append(file)
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append('\n');
        }
        return listing.toString();
    }

    private static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
