package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The file format of MNIST: two zero bytes, a type, the number of dimensions, their sizes as 32-bit
 * integers, then the elements, row-major, everything big-endian (LeCun, Cortes &amp; Burges, "The MNIST
 * database of handwritten digits").
 *
 * <pre>{@code
 * HostArray images = Idx.read(Path.of("train-images-idx3-ubyte.gz")); // UINT8 [60000, 28, 28]
 * }</pre>
 */
public final class Idx {
    private static final Map<Byte, DType> TYPES = Map.of(
            (byte) 0x08, DType.UINT8,
            (byte) 0x09, DType.INT8,
            (byte) 0x0B, DType.INT16,
            (byte) 0x0C, DType.INT32,
            (byte) 0x0D, DType.FLOAT32,
            (byte) 0x0E, DType.FLOAT64);

    private static final short GZIP = 0x1f8b;

    private Idx() {}

    /**
     * The array in a file, which may be compressed by gzip whatever its name. Single bytes that are not
     * compressed are not read yet: the array is a view of the mapped file.
     *
     * @throws InvalidFileException if the file is not IDX, is damaged, or is longer or shorter than its header says
     */
    public static HostArray read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            InputStream in = Channels.newInputStream(channel);
            return (isGzip(channel) ? inflate(in, file) : header(in, file).map(channel)).numbers(file.toString());
        }
    }

    /** The images or rows of numbers in a file, which stay there: if it is not compressed, and of a shape that can be one. */
    static Optional<FileRows> rows(Path file) throws IOException {
        return FileRows.open(
                file,
                channel -> isGzip(channel)
                        ? Optional.empty()
                        : Optional.of(header(Channels.newInputStream(channel), file)));
    }

    private static boolean isGzip(FileChannel channel) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(Short.BYTES);
        channel.read(magic, 0);
        return magic.getShort(0) == GZIP;
    }

    private static StoredArray inflate(InputStream compressed, Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(compressed, 1 << 16)) {
            return header(in, file).read(in);
        } catch (EOFException | ZipException damage) {
            String problem = "is truncated or damaged: its gzip stream breaks off";
            throw new InvalidFileException(file.toString(), problem, InvalidFileException.REPLACE, damage);
        }
    }

    private static ArrayHeader header(InputStream in, Path file) throws IOException {
        byte[] magic = in.readNBytes(4);
        DType dtype = magic.length == 4 && magic[0] == 0 && magic[1] == 0 ? TYPES.get(magic[2]) : null;
        if (dtype == null) {
            throw foreign(magic, file);
        }
        int rank = Byte.toUnsignedInt(magic[3]);
        byte[] sizes = in.readNBytes(rank * Integer.BYTES);
        if (sizes.length < rank * Integer.BYTES) {
            throw new InvalidFileException(
                    file, "is truncated: it ends within its header", InvalidFileException.REPLACE);
        }
        return ArrayHeader.of(
                file.toString(), new StoredType.Plain(dtype), sizes(ByteBuffer.wrap(sizes)), ByteOrder.BIG_ENDIAN);
    }

    private static InvalidFileException foreign(byte[] magic, Path file) {
        String problem = "is not an IDX file: it begins with ["
                + HexFormat.ofDelimiter(" ").formatHex(magic)
                + "], not with 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions";
        return new InvalidFileException(file, problem, "Give an IDX file, raw or compressed by gzip");
    }

    private static long[] sizes(ByteBuffer bytes) {
        int[] sizes = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(sizes);
        return Arrays.stream(sizes).mapToLong(Integer::toUnsignedLong).toArray();
    }

    /**
     * Writes an array, not compressed.
     *
     * @throws IllegalArgumentException if IDX has no such type, number of dimensions or size
     */
    public static void write(Path file, HostArray array) throws IOException {
        ByteBuffer header = header(array);
        ByteBuffer elements = ArrayHeader.reversed(array.bytes(), array.dtype().bytes());
        Files.deleteIfExists(file); // a new file: arrays may still be views of the old one
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            WritableByteChannel channel = Channels.newChannel(out);
            channel.write(header);
            channel.write(elements);
        }
    }

    private static ByteBuffer header(HostArray array) {
        long[] sizes = array.shape().sizes();
        if (sizes.length > 255 || Arrays.stream(sizes).anyMatch(size -> size > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("IDX has up to 255 dimensions of less than 2^31; got " + array.shape());
        }
        ByteBuffer header = ByteBuffer.allocate(4 + sizes.length * Integer.BYTES);
        header.putInt((code(array.dtype()) << 8) | sizes.length);
        for (long size : sizes) {
            header.putInt((int) size);
        }
        return header.flip();
    }

    private static int code(DType dtype) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue() == dtype)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("IDX has no " + dtype + "; convert it first"));
    }
}
