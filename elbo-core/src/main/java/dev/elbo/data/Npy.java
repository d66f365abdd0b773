package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's files: one array in an .npy, several named ones in an .npz, as {@code numpy.lib.format}
 * specifies them in versions 1 to 3. Elements of either byte order and either layout are read;
 * Python objects are not, because to read those is to run code from the file.
 *
 * <pre>{@code
 * HostArray images = Npy.read(Path.of("images.npy"));
 * Npy.writeAll(Path.of("latents.npz"), Map.of("mean", mean, "variance", variance));
 * }</pre>
 */
public final class Npy {
    private Npy() {}

    /**
     * The array in an .npy file. A little-endian and row-major one, the usual case, is not read yet: the
     * array is a view of the mapped file.
     *
     * <p>Whole numbers without a sign that are longer than a byte are read as the next wider type with one.
     *
     * @throws InvalidFileException if the file is not .npy, is damaged, is longer or shorter than its
     *     header says, or holds no numbers
     */
    public static HostArray read(Path file) throws IOException {
        return stored(file).numbers(file.toString());
    }

    /** The array in an .npy file, of numbers or of texts. */
    static StoredArray stored(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            NpyHeader header = NpyHeader.read(Channels.newInputStream(channel), file.toString());
            return header.rowMajor(header.array().map(channel));
        }
    }

    /**
     * The images or rows of numbers in an .npy file, which stay there: if it is of a shape that can be one, and
     * row-major.
     */
    static Optional<FileRows> rows(Path file) throws IOException {
        return FileRows.open(file, channel -> {
            NpyHeader header = NpyHeader.read(Channels.newInputStream(channel), file.toString());
            return header.columnMajor() ? Optional.empty() : Optional.of(header.array());
        });
    }

    /**
     * The arrays in an .npz file by name, in their order.
     *
     * @throws InvalidFileException if the file is not a zip archive, is damaged, or holds anything but
     *     arrays that {@link #read} would read
     */
    public static Map<String, HostArray> readAll(Path npz) throws IOException {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        for (Map.Entry<String, StoredArray> array : storedAll(npz).entrySet()) {
            arrays.put(array.getKey(), array.getValue().numbers(npz + " (" + array.getKey() + ".npy)"));
        }
        return Collections.unmodifiableMap(arrays);
    }

    /** The arrays in an .npz file by name, of numbers or of texts. */
    static Map<String, StoredArray> storedAll(Path npz) throws IOException {
        try (ZipFile zip = new ZipFile(npz.toFile())) {
            Map<String, StoredArray> arrays = new LinkedHashMap<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                if (arrays.put(name, read(zip, entry, npz)) != null) {
                    throw new ZipException("two arrays have the name " + name);
                }
            }
            return Collections.unmodifiableMap(arrays);
        } catch (ZipException | EOFException | IllegalArgumentException damage) {
            String problem = "is not an .npz file, or a damaged one (" + damage.getMessage() + ")";
            throw new InvalidFileException(npz.toString(), problem, InvalidFileException.REPLACE, damage);
        }
    }

    private static StoredArray read(ZipFile zip, ZipEntry entry, Path npz) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            NpyHeader header = NpyHeader.read(in, npz + " (" + entry.getName() + ")");
            StoredArray array = header.array().read(in);
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("wrong checksum of " + entry.getName());
            }
            return header.rowMajor(array);
        }
    }

    /**
     * Writes an array as .npy, version 1, little-endian and row-major.
     *
     * @throws IllegalArgumentException if NumPy has no such type, which is so for BFLOAT16
     */
    public static void write(Path file, HostArray array) throws IOException {
        ByteBuffer header = NpyHeader.bytes(array);
        Files.deleteIfExists(file); // a new file: arrays may still be views of the old one
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            WritableByteChannel channel = Channels.newChannel(out);
            channel.write(header);
            channel.write(array.bytes());
        }
    }

    /**
     * Writes arrays as .npz, compressed, in the order of the map.
     *
     * @throws IllegalArgumentException if NumPy has no such type, which is so for BFLOAT16
     */
    public static void writeAll(Path npz, Map<String, HostArray> arrays) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(npz))) {
            WritableByteChannel channel = Channels.newChannel(out);
            for (Map.Entry<String, HostArray> array : arrays.entrySet()) {
                out.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                channel.write(NpyHeader.bytes(array.getValue()));
                channel.write(array.getValue().bytes());
            }
        }
    }
}
