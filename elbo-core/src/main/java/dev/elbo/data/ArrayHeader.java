package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the header of a file promises about the array behind it. It is believed only as far as the
 * bytes are really there, so that a damaged header costs no memory.
 *
 * @param file the file's name, for messages
 * @param type how an element is stored
 * @param shape the sizes of the dimensions
 * @param order the order of an element's bytes
 */
record ArrayHeader(String file, StoredType type, Shape shape, ByteOrder order) {
    /** The longest array of the JVM. */
    static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    /**
     * Checks sizes that were read from a file.
     *
     * @throws InvalidFileException if no array can have them
     */
    static ArrayHeader of(String file, StoredType type, long[] sizes, ByteOrder order) throws InvalidFileException {
        try {
            Shape shape = Shape.of(sizes);
            Math.multiplyExact(shape.elements(), (long) type.bytes());
            return new ArrayHeader(file, type, shape, order);
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            String problem = "is damaged: its header promises an array of " + times(sizes) + " values";
            throw new InvalidFileException(file, problem, InvalidFileException.REPLACE, impossible);
        }
    }

    /**
     * The array that fills the rest of a file: a view of it if the bytes are in the JVM's order.
     *
     * @throws InvalidFileException if the rest of the file is not exactly as long as promised
     */
    StoredArray map(FileChannel channel) throws IOException {
        requireRest(channel);
        return stored(channel.map(FileChannel.MapMode.READ_ONLY, channel.position(), addressableBytes()));
    }

    /**
     * That the array fills the rest of a file.
     *
     * @throws InvalidFileException if the rest of the file is not exactly as long as promised
     */
    void requireRest(FileChannel channel) throws IOException {
        long available = channel.size() - channel.position();
        requireAtLeast(available);
        requireEnd(available == bytes());
    }

    /**
     * The array that fills the rest of a stream.
     *
     * @throws InvalidFileException if the rest of the stream is not exactly as long as promised
     */
    StoredArray read(InputStream in) throws IOException {
        byte[] payload = in.readNBytes(addressableBytes()); // grows with what arrives
        requireAtLeast(payload.length);
        requireEnd(in.read() < 0);
        return stored(ByteBuffer.wrap(payload));
    }

    /** The length of all elements. */
    long bytes() {
        return shape.elements() * type.bytes();
    }

    private void requireAtLeast(long available) throws InvalidFileException {
        if (available < bytes()) {
            throw invalid("is truncated: its header promises " + promise() + ", the file holds " + count(available));
        }
    }

    private void requireEnd(boolean atEnd) throws InvalidFileException {
        if (!atEnd) {
            throw invalid("is damaged: it holds more than the " + promise() + " of its header");
        }
    }

    private int addressableBytes() throws InvalidFileException {
        long read = type instanceof StoredType.OfNumbers numbers
                ? shape.elements() * numbers.dtype().bytes()
                : bytes();
        if (Math.max(bytes(), read) > MAX_BYTES) {
            String problem = "is too large: " + promise() + ", and one array can hold 2 GiB";
            throw new InvalidFileException(file, problem, "Split it into several files", null);
        }
        return (int) bytes();
    }

    private StoredArray stored(ByteBuffer payload) {
        return type instanceof StoredType.Text text
                ? new StoredArray.Texts(shape, text.read(shape.elements(), littleEndian(payload)))
                : new StoredArray.Numbers(array((StoredType.OfNumbers) type, shape, payload));
    }

    /** Numbers as the file has them, of this shape or of some of its rows. */
    HostArray array(StoredType.OfNumbers numbers, Shape part, ByteBuffer payload) {
        return numbers.read(part, littleEndian(payload));
    }

    private ByteBuffer littleEndian(ByteBuffer payload) {
        boolean foreign = order == ByteOrder.BIG_ENDIAN && type.unit() > 1;
        return foreign ? reversed(payload, type.unit()) : payload;
    }

    /** A copy with the bytes of every element in reverse: big-endian becomes little-endian, and back. */
    static ByteBuffer reversed(ByteBuffer elements, int width) {
        ByteBuffer from = elements.duplicate().order(ByteOrder.BIG_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        switch (width) {
            case 2 -> to.asShortBuffer().put(from.asShortBuffer());
            case 4 -> to.asIntBuffer().put(from.asIntBuffer());
            case 8 -> to.asLongBuffer().put(from.asLongBuffer());
            default -> to.duplicate().put(from); // single bytes have no order
        }
        return to;
    }

    private InvalidFileException invalid(String problem) {
        return new InvalidFileException(file, problem, InvalidFileException.REPLACE, null);
    }

    /** As in "60000×28×28 bytes = 47,040,000". */
    private String promise() {
        String width = type.bytes() == 1 ? "" : "×" + type.bytes();
        return times(shape.sizes()) + width + " bytes = " + count(bytes());
    }

    private static String times(long[] sizes) {
        return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }

    private static String count(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }
}
