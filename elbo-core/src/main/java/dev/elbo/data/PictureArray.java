package dev.elbo.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.ImageListing.Example;
import dev.elbo.option.Options;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a folder as one array. A few are decoded whenever they are asked for; many, once and for
 * all, into a file of the cache, which is read from then on for as long as the folder is as it was.
 *
 * @param folder where they lie, for messages
 * @param options to which size they are brought, on which ground they are laid, and whether broken ones are left out
 */
record PictureArray(Path folder, List<Example> examples, Reading options, DataCache cache) {
    /** Decoded in a second or so. */
    private static final long FEW_BYTES = 64L << 20;

    private static final int DIGEST_BYTES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Decodes them, or opens what was decoded before.
     *
     * @throws InvalidFileException if some are broken, naming all of them, or one is of another size than the first
     */
    Pictures open() throws IOException {
        return open(FEW_BYTES);
    }

    /** @param few bytes up to which they are decoded each time */
    Pictures open(long few) throws IOException {
        PictureDecoder decoder = new PictureDecoder(folder, examples, options, cache.listener());
        List<Shape> shapes = decoder.shapes();
        return shapes.get(shapes.size() - 1).elements() <= few ? decoded(decoder, shapes) : kept(decoder, shapes);
    }

    private Pictures decoded(PictureDecoder decoder, List<Shape> shapes) throws IOException {
        for (Shape shape : shapes) {
            ByteBuffer levels = ByteBuffer.allocate(Math.toIntExact(shape.elements()));
            Optional<Remarks> found = decoder.decode(shape, levels::put);
            if (found.isPresent()) {
                List<Example> whole = found.get().whole(examples);
                return new Pictures(
                        new HostArray(DType.UINT8, rows(shape, whole.size()), levels.flip()), whole, found.get());
            }
        }
        throw new IllegalStateException("a picture has more than three channels"); // PictureFile makes none
    }

    private static Shape rows(Shape all, long count) {
        return all.slice(1, all.rank()).prepend(count);
    }

    /** What was kept of this folder, or is now; its name tells of which state. */
    private Pictures kept(PictureDecoder decoder, List<Shape> shapes) throws IOException {
        Path origin = folder.toAbsolutePath().normalize();
        Path home = cache.root()
                .resolve("pictures")
                .resolve(origin.getFileName() + "-"
                        + digest(origin + " " + Options.of(options).toJson()));
        Path file = home.resolve(digest(listing()) + ".npy");
        Path notes = home.resolve(digest(listing()) + ".json");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new StorageException(home, e);
        }
        CacheLock.hold(
                home.resolve(".lock"), () -> cache.listener().accept(new FetchEvent.Waiting(folder.toString())), () -> {
                    if (!Files.exists(file) || !Files.exists(notes)) {
                        removeFormer(home);
                        keep(decoder, shapes, file, notes);
                    }
                });
        Remarks found = Remarks.of(JSON.readTree(notes.toFile()));
        RowSource levels = Npy.rows(file).orElseThrow(() -> new IllegalStateException(file + " holds no images"));
        return new Pictures(levels, found.whole(examples), found);
    }

    private static void removeFormer(Path home) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "*.{npy,json}*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void keep(PictureDecoder decoder, List<Shape> shapes, Path file, Path notes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        for (Shape shape : shapes) {
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(NpyHeader.bytes(DType.UINT8, shape), out, part);
                Optional<Remarks> found = decoder.decode(shape, levels -> write(levels, out, part));
                if (found.isPresent()) {
                    // headers are padded: one that promises fewer rows takes no less room
                    long whole = found.get().whole(examples).size();
                    out.position(0);
                    write(NpyHeader.bytes(DType.UINT8, rows(shape, whole)), out, part);
                    out.force(true);
                    Files.write(notes, JSON.writeValueAsBytes(found.get().toJson()));
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
            listing.append(file).append(' ');
            if (Files.exists(file)) { // and else it is a link to nothing
                listing.append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis());
            }
            listing.append('\n');
        }
        return listing.toString();
    }

    /** A few letters that follow from a text. */
    static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
